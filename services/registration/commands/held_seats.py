"""A coordinator decides a held seat: gives it though a quota is missed, or leaves it unused."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts.registration import SeatDecided
from shared.rights import require_staff

from ..bodies.seats import AwardSeat, LeaveSeatUnused
from ..calls.quotas import quotas_of
from ..domain.nomination import NominationState
from ..domain.quotas import Obstacle, broken_by
from ..loading import (
    Stored,
    first,
    has_begun,
    known_activity,
    locked_call,
    required,
)
from ..nominees.moves import move
from ..refusals.calls import ActivityIsOver
from ..refusals.nominations import NominationHasMoved
from ..refusals.seats import SeatIsNotHeld
from ..seats.freed import offer_free_seats
from ..seats.offers import Seat, offer_seats
from ..seats.passings import note_passing
from ..selecting.candidates import candidates_of, holders_of
from ..tables import (
    held_seat,
    nomination,
    offer,
    seat_decision,
)


async def award_held_seat(work: Work, call_id: UUID, seat: int, asked: AwardSeat) -> Outcome:
    """Offer a held seat to an officer of the waiting list, whichever quota it misses."""
    held, free = await _held(work, call_id, seat)
    mine = (nomination.c.id == asked.nomination_id) & (nomination.c.call_id == call_id)
    named = await required(work, select(nomination).where(mine))
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    if named["status"] != NominationState.WAITLISTED:
        return NominationHasMoved(f"it is {named['status']}")
    seated = (*await holders_of(work, call_id), *await candidates_of(work, call_id, [named]))
    missed = broken_by(seated, await quotas_of(work, call_id))
    selected = await move(work, named, NominationState.SELECTED)
    offered = await offer_seats(work, held, [Seat(seat, named, free["offer_id"])])
    decided = await _decide(work, free, seat, "given", asked.reason, named["id"], missed)
    await note_passing(
        work,
        call_id,
        seat,
        "given",
        left_by=free["offer_id"],
        given_to=named["id"],
        obstacles=missed,
    )
    return [selected, *offered, decided, *await offer_free_seats(work, held)]


async def leave_held_seat_unused(
    work: Work, call_id: UUID, seat: int, asked: LeaveSeatUnused
) -> Outcome:
    """Give a held seat to nobody, whoever may fit later."""
    _, free = await _held(work, call_id, seat)
    await note_passing(work, call_id, seat, "left_unused", left_by=free["offer_id"])
    return [await _decide(work, free, seat, "left_unused", asked.reason)]


async def _held(work: Work, call_id: UUID, seat: int) -> tuple[Stored, Stored]:
    """The call, held until the transaction ends, and why its seat is. Raises `SeatIsNotHeld`."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    query = select(held_seat).join(offer, offer.c.id == held_seat.c.offer_id)
    free = await first(work, query.where(offer.c.call_id == call_id, offer.c.seat == seat))
    if free is None:
        raise SeatIsNotHeld
    return held, free


async def _decide(
    work: Work,
    free: Stored,
    seat: int,
    decision: Any,
    reason: str,
    nomination_id: UUID | None = None,
    missed: Sequence[Obstacle] = (),
) -> SeatDecided:
    """Put the decision on record, and hold the seat no longer."""
    row = {
        "offer_id": free["offer_id"],
        "call_id": free["call_id"],
        "seat": seat,
        "decision": decision,
        "nomination_id": nomination_id,
        "missed": [asdict(one) for one in missed],
        "reason": reason,
        "decided_at": work.now,
    }
    await work.connection.execute(seat_decision.insert().values(**row))
    no_longer = held_seat.delete().where(held_seat.c.offer_id == free["offer_id"])
    await work.connection.execute(no_longer)
    return SeatDecided(
        call_id=free["call_id"],
        offer_id=free["offer_id"],
        decision=decision,
        nomination_id=nomination_id,
        missed=tuple(map(str, missed)),
    )
