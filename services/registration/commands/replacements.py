"""Another officer of the party takes the place of one: in a seat, or on the list."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import NominationSubmitted
from shared.ids import new_id
from shared.rights import require_channel

from ..bodies.nominations import NominateOfficer, ReplaceNominee
from ..calls.deadlines import cut_off_has_passed
from ..calls.quotas import quotas_of
from ..domain.nomination import NominationState, holds_a_seat
from ..domain.quotas import broken_by
from ..facts import nomination_fact
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    locked_nomination,
    standing_offer,
)
from ..nominees.change_requests import end_request
from ..nominees.moves import move
from ..nominees.officers import keep_officers
from ..refusals.calls import ActivityIsOver
from ..refusals.changes import CutOffHasPassed
from ..refusals.nominations import AlreadyNominated, NominationHasMoved
from ..refusals.quotas import SeatWouldBreakQuota
from ..rights import is_of_a_party
from ..seats.offers import Seat, close_offer, offer_seats
from ..seats.passings import note_passing
from ..seats.taken_back import tell_who_loses_a_seat
from ..selecting.candidates import candidates_of, holders_of
from ..tables import nomination
from .nominations import standing_of_party, submitted, what_is_wrong


async def replace_nominee(work: Work, nomination_id: UUID, asked: ReplaceNominee) -> Outcome:
    """Another officer of the party takes the seat, where every quota still holds."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    leaving, held = await locked_nomination(work, nomination_id)
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    if is_of_a_party(work) and cut_off_has_passed(work, held):
        return CutOffHasPassed()
    return await replace_in_seat(work, leaving, held, asked)


async def replace_in_seat(
    work: Work, leaving: Stored, held: Stored, asked: ReplaceNominee
) -> Outcome:
    """The seat passes to the other officer, who is offered it."""
    offer = await standing_offer(work, leaving["id"])
    if offer is None or not holds_a_seat(NominationState(leaving["status"])):
        return NominationHasMoved(f"it is {leaving['status']}")
    told = await tell_who_loses_a_seat(work, held, leaving)
    await close_offer(work, offer, "cancelled")
    events: list[Event] = [await move(work, leaving, NominationState.REPLACED), *told]
    events += await end_request(work, leaving["id"])
    coming, caused = await _nominee(work, held, leaving, asked)
    events += caused
    broken = await _what_breaks(work, held, leaving, coming)
    if broken:
        return broken
    events.append(await move(work, coming, NominationState.SELECTED))
    seat = Seat(offer["seat"], coming, offer["id"])
    events += await offer_seats(work, held, [seat])
    await note_passing(
        work, held["id"], seat.number, "replaced", left_by=offer["id"], given_to=coming["id"]
    )
    return events


async def replace_on_list(
    work: Work, leaving: Stored, held: Stored, asked: ReplaceNominee
) -> Outcome:
    """Before the selection: the other officer stands as the first did, in time and in its place."""
    replaced = await move(work, leaving, NominationState.REPLACED)
    _, caused = await _put_forward(work, held, leaving, asked, late=leaving["late"])
    return [replaced, *caused]


async def _nominee(
    work: Work, held: Stored, leaving: Stored, asked: ReplaceNominee
) -> tuple[Stored, list[Event]]:
    """Who takes the seat: waiting already, or nominated now. Raises what is wrong with them."""
    for row in await standing_of_party(work, held["id"], leaving["party"]):
        if row["officer_reference"] == asked.officer.officer_reference:
            if row["status"] != "waitlisted":
                raise AlreadyNominated(f"it is {row['status']}")
            return row, []
    return await _put_forward(work, held, leaving, asked, late=True)


async def _put_forward(
    work: Work, held: Stored, leaving: Stored, asked: ReplaceNominee, *, late: bool
) -> tuple[Stored, list[Event]]:
    """The other officer nominated in place of the first. Raises what is wrong with them."""
    party = leaving["party"]
    standing = await standing_of_party(work, held["id"], party)
    put_forward = NominateOfficer(
        party=party,
        officer=asked.officer,
        priority=asked.priority or leaving["priority"],
        declaration=asked.declaration,
    )
    wrong = await what_is_wrong(work, held, put_forward, standing)
    if wrong:
        raise wrong
    officers = await keep_officers(work, party, [asked.officer])
    officer = officers.persons[asked.officer.officer_reference]
    row = {**submitted(work, held, new_id(), officer, put_forward), "late": late}
    await work.connection.execute(nomination.insert().values(**row))
    return row, [*officers.events, nomination_fact(NominationSubmitted, row)]


async def _what_breaks(
    work: Work, held: Stored, leaving: Stored, coming: Stored
) -> SeatWouldBreakQuota | None:
    """The quotas that the replacement would break, or leave further from being kept."""
    quotas = await quotas_of(work, held["id"])
    others = await holders_of(work, held["id"])
    gone, next_one = await candidates_of(work, held["id"], [leaving, coming])
    before = broken_by((*others, gone), quotas)
    obstacles = [one for one in broken_by((*others, next_one), quotas) if one not in before]
    return SeatWouldBreakQuota(obstacles) if obstacles else None
