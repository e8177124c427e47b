"""What would let somebody take a held seat: the smallest changes of bounds, and who it would be."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..bodies.seats import BoundRelaxed
from ..domain.field import Field, ways_out
from ..domain.quotas import SEATS
from ..loading import by_id, has_begun, known_activity, several
from ..seats.freed import field_of
from ..tables import call, held_seat, quota_relaxation
from .feasibility import BoundChanged, InWords
from .held_seats import require_whole_call_seen


class WayOutShown(BaseModel):
    """Changes that are enough together, in figures and in the reader's words, one a line, and who
    would get the seat."""

    changes: list[BoundChanged]
    words: str
    would_take: UUID


class RelaxationKept(BaseModel):
    """Bounds that a coordinator gave up, and why."""

    call_id: UUID
    changes: list[BoundRelaxed]
    reason: str
    relaxed_at: datetime


class WaysOutShown(BaseModel):
    """What would let somebody take a held seat of a call; the least change first."""

    call_id: UUID
    ways_out: list[WayOutShown]


async def field_with_held_seats(work: Work, call_id: UUID) -> Field | None:
    """Holders and waiting of a call; None where no seat is held that could be given. Raises
    `NotFound` for who sees one party only."""
    await require_whole_call_seen(work, call_id)
    found = await by_id(work, call, call_id)
    seats = await several(work, select(held_seat).where(held_seat.c.call_id == call_id))
    if not seats or has_begun(work, await known_activity(work, found["activity_id"])):
        return None
    return await field_of(work, found)


def ways_out_shown(call_id: UUID, field: Field | None, say: InWords) -> WaysOutShown:
    """The ways out that can be taken: the number of seats stays. Slow for a long list, and without
    the database."""
    if field is None:
        return WaysOutShown(call_id=call_id, ways_out=[])
    found = [
        WayOutShown(
            changes=[BoundChanged(**asdict(change)) for change in one.relaxation.changes],
            words=say(one.relaxation),
            would_take=one.would_take.nomination_id,
        )
        for one in ways_out(field)
        if not any(change.dimension == SEATS for change in one.relaxation.changes)
    ]
    return WaysOutShown(call_id=call_id, ways_out=found)


async def list_relaxations(work: Work, call_id: UUID, place: Place) -> Listed[RelaxationKept]:
    """What was given up, the oldest first. Raises `NotFound` for who sees one party only."""
    await require_whole_call_seen(work, call_id)
    query = select(quota_relaxation).where(quota_relaxation.c.call_id == call_id)
    order = [quota_relaxation.c.relaxed_at, quota_relaxation.c.id]
    return await listed(work.connection, query, place, order=order, show=_kept)


def _kept(row: Any) -> RelaxationKept:
    return RelaxationKept.model_validate(dict(row._mapping))
