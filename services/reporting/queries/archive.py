"""The archive as a list, and in figures: how many rows of each type."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from shared.context import Work
from shared.ids import first_id_at
from shared.rights import require_role
from shared.web.lists import Listed, Place, listed

from ..tables import archive


@dataclass(frozen=True, slots=True)
class Which:
    """Which events are wanted; None leaves it open. Ids say when an event was made."""

    event_type: str | None = None
    party: str | None = None
    source: str | None = None
    since: datetime | None = None


class Archived(BaseModel):
    """One event as it was archived: null stands where a secret was."""

    position: int
    source: str
    event_id: str
    type: str
    partitionkey: str
    sequence: int
    party: str | None
    time: datetime
    person_id: UUID | None
    correlation_id: str
    actor: str
    body: dict[str, Any]


class ArchiveFigures(BaseModel):
    """Rows of the archive, counted one by one."""

    by_type: dict[str, int]
    total: int


async def list_archive(work: Work, place: Place, which: Which) -> Listed[Archived]:
    """Events in the order they arrived. Raises `NotAllowed`."""
    await require_role(work, "auditor")
    query = select(archive)
    if which.event_type is not None:
        query = query.where(archive.c.type == which.event_type)
    if which.party is not None:
        query = query.where(archive.c.party == which.party)
    if which.source is not None:
        query = query.where(archive.c.source == which.source)
    if which.since is not None:
        query = query.where(archive.c.event_id >= str(first_id_at(which.since)))
    return await listed(
        work.connection,
        query,
        place,
        order=[archive.c.position],
        show=lambda row: Archived.model_validate(row, from_attributes=True),
    )


async def archive_figures(work: Work) -> ArchiveFigures:
    """How many rows there are of each type. Raises `NotAllowed`."""
    await require_role(work, "auditor")
    query = select(archive.c.type, func.count().label("rows")).group_by(archive.c.type)
    rows = await work.connection.execute(query.order_by(archive.c.type))
    by_type = {row.type: int(row.rows) for row in rows}
    return ArchiveFigures(by_type=by_type, total=sum(by_type.values()))
