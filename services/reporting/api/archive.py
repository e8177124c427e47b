"""The archive over HTTP, for who audits."""

from functools import partial
from typing import Annotated

from fastapi import Query
from pydantic import Field

from shared.contracts.event import PartyCode
from shared.refusals import NotAllowed
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.lists import Listed, Paged, PlaceIsNotValid
from shared.web.problems import documented

from ..queries.archive import Archived, ArchiveFigures, archive_figures, list_archive

routes = router()
TypeName = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,120}$")]


@routes.get("/archive", tags=["archive"], responses=documented(NotAllowed, PlaceIsNotValid))
async def read_archive(
    asked: AskedBy,
    place: Paged,
    event_type: Annotated[TypeName | None, Query(alias="type")] = None,
    party: Annotated[PartyCode | None, Query()] = None,
) -> Listed[Archived]:
    """Every event that is not private, in order of arrival (auditor)."""
    return await asked.read(partial(list_archive, place=place, event_type=event_type, party=party))


@routes.get("/archive/figures", tags=["archive"], responses=documented(NotAllowed))
async def read_archive_figures(asked: AskedBy) -> ArchiveFigures:
    """How many events of each type are archived (auditor)."""
    return await asked.read(archive_figures)
