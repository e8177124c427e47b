"""A focal point takes a nomination back, or gives the seat to another officer of the party."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import NominationSubmitted
from shared.ids import new_id
from shared.rights import require_channel

from ..bodies.nominations import NominateOfficer, ReplaceNominee
from ..candidates import candidate, holders_of
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
from ..nominations import move
from ..offers import Seat, close_offer, offer_seats
from ..officers import keep_officers
from ..quotas import conditions, quotas_of
from ..refusals.calls import ActivityIsOver
from ..refusals.nominations import AlreadyNominated, NominationHasMoved
from ..refusals.quotas import SeatWouldBreakQuota
from ..returns import settle_return
from ..tables import nomination
from .answers import freed
from .nominations import standing_of_party, submitted, what_is_wrong


async def withdraw_nomination(work: Work, nomination_id: UUID) -> Outcome:
    """Take a nomination back; a seat it held is free."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    return await give_up(work, nominated, held)


async def give_up(work: Work, nominated: Stored, held: Stored) -> list[Event]:
    """A nomination ends as withdrawn, and what it held is free. Raises `NominationHasMoved`."""
    withdrawn = await move(work, nominated, NominationState.WITHDRAWN)
    await settle_return(work, nominated["id"], "ended")
    offer = await standing_offer(work, nominated["id"])
    if offer is None:
        return [withdrawn]
    await close_offer(work, offer, "cancelled")
    return [withdrawn, freed(held, offer, nominated, "withdrawn")]


async def replace_nominee(work: Work, nomination_id: UUID, asked: ReplaceNominee) -> Outcome:
    """Another officer of the party takes the seat, where every quota still holds."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    leaving, held = await locked_nomination(work, nomination_id)
    offer = await standing_offer(work, nomination_id)
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    if offer is None or not holds_a_seat(NominationState(leaving["status"])):
        return NominationHasMoved(f"it is {leaving['status']}")
    await close_offer(work, offer, "cancelled")
    events: list[Event] = [await move(work, leaving, NominationState.REPLACED)]
    coming, caused = await _nominee(work, held, leaving, asked)
    events += caused
    broken = await _what_breaks(work, held, leaving, coming)
    if broken:
        return broken
    events.append(await move(work, coming, NominationState.SELECTED))
    seat = Seat(offer["seat"], coming, offer["id"])
    return [*events, *await offer_seats(work, held, [seat])]


async def _nominee(
    work: Work, held: Stored, leaving: Stored, asked: ReplaceNominee
) -> tuple[Stored, list[Event]]:
    """Who takes the seat: waiting already, or nominated now. Raises what is wrong with them."""
    standing = await standing_of_party(work, held["id"], leaving["party"])
    for row in standing:
        if row["officer_reference"] == asked.officer.officer_reference:
            if row["status"] != "waitlisted":
                raise AlreadyNominated(f"it is {row['status']}")
            return row, []
    rules = conditions(await quotas_of(work, held["id"]))
    priority = asked.priority or leaving["priority"]
    wrong = what_is_wrong(asked.officer, leaving["party"], priority, standing, rules)
    if wrong:
        raise wrong
    officers = await keep_officers(work, leaving["party"], [asked.officer])
    officer = officers.persons[asked.officer.officer_reference]
    put_forward = NominateOfficer(party=leaving["party"], officer=asked.officer, priority=priority)
    row = submitted(work, held, new_id(), officer, put_forward)
    await work.connection.execute(nomination.insert().values(**row))
    return row, [*officers.events, nomination_fact(NominationSubmitted, row)]


async def _what_breaks(
    work: Work, held: Stored, leaving: Stored, coming: Stored
) -> SeatWouldBreakQuota | None:
    """The quotas that the replacement would break, or leave further from being kept."""
    quotas = await quotas_of(work, held["id"])
    others = await holders_of(work, held["id"])
    before = broken_by((*others, candidate(leaving)), quotas)
    obstacles = [
        one for one in broken_by((*others, candidate(coming)), quotas) if one not in before
    ]
    return SeatWouldBreakQuota(obstacles) if obstacles else None
