"""The archive over HTTP, for who audits."""

from functools import partial
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, Field

from shared.contracts.event import PartyCode
from shared.refusals import NotAllowed
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.lists import Listed, Paged, PlaceIsNotValid
from shared.web.problems import documented

from ..queries.archive import Archived, ArchiveFigures, Which, archive_figures, list_archive

routes = router()
TypeName = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,120}$")]
SourceName = Annotated[str, Field(pattern=r"^urn:cadre:[A-Za-z0-9_.:-]{1,180}$")]


@routes.get("/archive", tags=["archive"], responses=documented(NotAllowed, PlaceIsNotValid))
async def read_archive(
    asked: AskedBy,
    place: Paged,
    event_type: Annotated[TypeName | None, Query(alias="type")] = None,
    party: Annotated[PartyCode | None, Query()] = None,
    source: Annotated[SourceName | None, Query()] = None,
    since: Annotated[AwareDatetime | None, Query()] = None,
) -> Listed[Archived]:
    """Every event that is not private, in order of arrival; those made `since` a moment of the
    machine's clock (auditor)."""
    which = Which(event_type=event_type, party=party, source=source, since=since)
    return await asked.read(partial(list_archive, place=place, which=which))


@routes.get("/archive/figures", tags=["archive"], responses=documented(NotAllowed))
async def read_archive_figures(asked: AskedBy) -> ArchiveFigures:
    """How many events of each type are archived (auditor)."""
    return await asked.read(archive_figures)
