"""Seats that nobody holds any more are offered, in their order, to the next on the waiting list."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import SeatDecisionAsked, SeatHeld
from shared.database import insert_new

from ..calls.announcements import to_coordinators
from ..calls.quotas import quotas_of
from ..calls.viability import question_viability
from ..domain.field import Field
from ..domain.nomination import NominationState
from ..domain.waiting_list import Held, Next
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    several,
)
from ..nominees.moves import move
from ..selecting.candidates import holders_of, waiting_in
from ..tables import (
    held_seat,
    nomination,
    offer,
    seat_decision,
)
from .offers import Seat, offer_seats
from .passings import note_passing

HAS_BEGUN = "the activity has begun"
NOBODYS = ("declined", "expired", "cancelled")


@dataclass(frozen=True)
class Free:
    """A free seat, and the offer that left it so; None where nobody was ever offered it."""

    number: int
    offer_id: UUID | None


async def offer_free_seats(work: Work, call: Stored) -> list[Event]:
    """Give every free seat to the next who keeps every quota; hold it where there is nobody.

    All free seats are looked at, in the order of their numbers, whichever fact came first; so a
    second run changes nothing, and a seat held or empty before is given once the quotas allow it.
    """
    if call["ended_at"] is not None:
        return []
    free = await _free_seats(work, call)
    if not free:
        return []
    if has_begun(work, await known_activity(work, call["activity_id"])):
        return [event for seat in free for event in await _hold(work, call, seat, Held(()))]
    field = await field_of(work, call)
    events: list[Event] = []
    for seat in free:
        found = field.next()
        if isinstance(found, Held):
            events += await _hold(work, call, seat, found)
        else:
            events += await _promote(work, call, seat, found)
            field.seat(found.candidate)
    return [*events, *await question_viability(work, call)]


async def seats_left_unused(work: Work, call_id: UUID) -> frozenset[int]:
    """The numbers of the seats that a coordinator decided to give to nobody."""
    mine = (seat_decision.c.call_id == call_id) & (seat_decision.c.decision == "left_unused")
    found = await work.connection.execute(select(seat_decision.c.seat).where(mine))
    return frozenset(found.scalars())


async def field_of(work: Work, call: Stored) -> Field:
    """Who holds the seats of a call that are to be given, and who waits."""
    unused = await seats_left_unused(work, call["id"])
    waiting, not_now = await waiting_in(work, call["id"])
    return Field(
        call["reference"],
        call["seats"] - len(unused),
        await quotas_of(work, call["id"]),
        list(await holders_of(work, call["id"])),
        list(waiting),
        not_now,
    )


async def _promote(work: Work, call: Stored, free: Free, found: Next) -> list[Event]:
    row = await by_id(work, nomination, found.candidate.nomination_id)
    selected = await move(work, row, NominationState.SELECTED)
    seat = Seat(free.number, row, free.offer_id)
    held_no_longer = held_seat.delete().where(held_seat.c.offer_id == free.offer_id)
    await work.connection.execute(held_no_longer)
    offered = await offer_seats(work, call, [seat])
    await note_passing(
        work,
        call["id"],
        free.number,
        "offered",
        left_by=free.offer_id,
        given_to=row["id"],
        passed_over=found.passed_over,
    )
    return [selected, *offered]


async def _hold(work: Work, call: Stored, free: Free, found: Held) -> list[Event]:
    """Keep a seat empty, and why; no obstacle means that the activity has begun."""
    if free.offer_id is None:
        return []
    held = {
        "offer_id": free.offer_id,
        "call_id": call["id"],
        "obstacles": [asdict(one) for one in found.obstacles],
        "held_at": work.now,
    }
    if not await insert_new(work.connection, held_seat, [held]):
        mine = held_seat.update().where(held_seat.c.offer_id == free.offer_id)
        await work.connection.execute(mine.values(obstacles=held["obstacles"]))
        return []
    await note_passing(
        work,
        call["id"],
        free.number,
        "held",
        left_by=free.offer_id,
        obstacles=found.obstacles,
        passed_over=found.passed_over,
    )
    why = tuple(map(str, found.obstacles)) or (HAS_BEGUN,)
    asked = (
        await _ask_for_a_decision(work, call, free.number, free.offer_id) if found.obstacles else []
    )
    return [SeatHeld(call_id=call["id"], offer_id=free.offer_id, obstacles=why), *asked]


async def _ask_for_a_decision(work: Work, call: Stored, seat: int, offer_id: UUID) -> list[Event]:
    """Each coordinator of the project."""
    activity = await known_activity(work, call["activity_id"])
    return [
        SeatDecisionAsked(offer_id=offer_id, seat=seat, **told)
        for told in await to_coordinators(work, call, activity)
    ]


async def _free_seats(work: Work, call: Stored) -> list[Free]:
    """The seats to be given that no offer holds, in order; the last offer of a seat is one not
    replaced."""
    unused = await seats_left_unused(work, call["id"])
    offers = await several(work, select(offer).where(offer.c.call_id == call["id"]))
    replaced = {row["replaces_offer_id"] for row in offers}
    last = {row["seat"]: row for row in offers if row["id"] not in replaced}
    numbers = [one for one in range(1, call["seats"] + 1) if one not in unused]
    return [
        Free(number, last[number]["id"] if number in last else None)
        for number in numbers
        if number not in last or last[number]["state"] in NOBODYS
    ]
