"""How a seat passed on, each time: why it was free, who was looked at, and who got it."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.rights import Parties
from shared.web.lists import Listed, Place, listed

from ..loading import by_id
from ..rights import parties_seen
from ..screening.untold import is_not_told_who_was_in
from ..tables import (
    call,
    nomination,
    offer,
    seat_passing,
)
from .blocking import BlockShown, blocks_shown

WHY = {"declined": "declined", "expired": "expired", "cancelled": "withdrawn"}
ENDED, NEXT = offer.alias("ended"), offer.alias("following")


class PassedOverShown(BaseModel):
    """Who was looked at and not offered the seat; `reason` is a place in `reasons`. What stands
    there is empty where no quota was in the way, and no seat could be given to the officer then."""

    nomination_id: UUID
    place: int
    """The place on the waiting list then, 1 first."""
    reason: int


class SeatPassingShown(BaseModel):
    """A seat passed on, or was held. To a focal point only its own officers are named; where
    nominees are screened, it reads no quotas: without them somebody was not cleared."""

    call_id: UUID
    seat: int
    passed_at: datetime
    freed: str
    """Why it was free: `declined`, `expired`, `withdrawn`, `replaced`, or `never_offered`."""
    left_by: UUID | None
    """The nomination that had it before."""
    outcome: str
    """`offered` to the next in order, `held` for a coordinator, then `given` or `left_unused`, or
    `replaced` by another officer of the same party."""
    nomination_id: UUID | None
    """Who it went to."""
    obstacles: list[BlockShown]
    """Why it was held, or which quotas were missed when it was given."""
    looked_at: int | None
    """How many were passed over."""
    reasons: list[list[BlockShown]]
    passed_over: list[PassedOverShown]
    answer_by: datetime | None
    working_days: int | None
    """By how many working days, of which country's calendar (none: Monday to Friday), in which of
    its states, the deadline of the offer was counted."""
    calendar_country: str | None
    calendar_sequence: int | None


async def list_passings(
    work: Work, call_id: UUID, seat: int, place: Place
) -> Listed[SeatPassingShown]:
    """The history of a seat, the oldest first. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    theirs = None if seen is None else await _nominations_of(work, call_id, seen)
    query = (
        select(
            seat_passing,
            ENDED.c.state.label("ended_as"),
            ENDED.c.nomination_id.label("left_by"),
            *(
                NEXT.c[name]
                for name in (
                    "nomination_id",
                    "answer_by",
                    "working_days",
                    "calendar_country",
                    "calendar_sequence",
                )
            ),
        )
        .outerjoin(ENDED, ENDED.c.id == seat_passing.c.offer_id)
        .outerjoin(NEXT, NEXT.c.id == seat_passing.c.next_offer_id)
        .where(seat_passing.c.call_id == call_id, seat_passing.c.seat == seat)
    )
    order = [seat_passing.c.passed_at, seat_passing.c.id]
    untold = await is_not_told_who_was_in(work, kept["project_id"])
    show = partial(_shown, seen=seen, theirs=theirs, untold=untold)
    return await listed(work.connection, query, place, order=order, show=show)


async def _nominations_of(work: Work, call_id: UUID, seen: Collection[str]) -> frozenset[UUID]:
    mine = (nomination.c.call_id == call_id) & nomination.c.party.in_(seen)
    found = await work.connection.execute(select(nomination.c.id).where(mine))
    return frozenset(found.scalars())


def _shown(
    row: Any, seen: Parties, theirs: frozenset[UUID] | None, *, untold: bool
) -> SeatPassingShown:
    def mine(identity: UUID | None) -> bool:
        return theirs is None or identity in theirs

    over = [
        PassedOverShown(nomination_id=UUID(identity), place=place, reason=0 if untold else reason)
        for place, (identity, reason) in enumerate(row.passed_over, start=1)
        if mine(UUID(identity))
    ]
    told = sorted({one.reason for one in over})
    whose = mine(row.nomination_id)
    return SeatPassingShown(
        call_id=row.call_id,
        seat=row.seat,
        passed_at=row.passed_at,
        freed="replaced" if row.outcome == "replaced" else WHY.get(row.ended_as, "never_offered"),
        left_by=row.left_by if mine(row.left_by) else None,
        outcome=row.outcome,
        nomination_id=row.nomination_id if whose else None,
        obstacles=[] if untold else blocks_shown(row.obstacles, seen),
        looked_at=len(row.passed_over) if theirs is None else None,
        reasons=[[] if untold else blocks_shown(row.reasons[one], seen) for one in told],
        passed_over=[one.model_copy(update={"reason": told.index(one.reason)}) for one in over],
        answer_by=row.answer_by if whose else None,
        working_days=row.working_days if whose else None,
        calendar_country=row.calendar_country if whose else None,
        calendar_sequence=row.calendar_sequence if whose else None,
    )
