"""A nomination is taken back, and what it held is free."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.rights import require_channel

from ..calls.deadlines import cut_off_has_passed
from ..domain.nomination import NominationState, holds_a_seat
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
from ..nominees.returns import settle_return
from ..nominees.run_offers import end_run_offer
from ..refusals.calls import ActivityIsOver
from ..refusals.changes import CutOffHasPassed
from ..rights import is_of_a_party
from ..seats.offers import close_offer
from ..seats.taken_back import tell_who_loses_a_seat
from ..tables import nomination
from .answers import freed


async def withdraw_nomination(work: Work, nomination_id: UUID) -> Outcome:
    """Take a nomination back; a seat it held is free. Seats are given back freely until the day
    that the call names; later a coordinator does it."""
    kept = await by_id(work, nomination, nomination_id)
    await require_channel(work, kept["project_id"], kept["party"])
    nominated, held = await locked_nomination(work, nomination_id)
    if has_begun(work, await known_activity(work, held["activity_id"])):
        return ActivityIsOver()
    seated = holds_a_seat(NominationState(nominated["status"]))
    if seated and is_of_a_party(work) and cut_off_has_passed(work, held):
        return CutOffHasPassed()
    return await take_back(work, nominated, held)


async def take_back(work: Work, nominated: Stored, held: Stored) -> list[Event]:
    """A nomination ends as withdrawn, and who knew of a seat is told that it is gone. Raises
    `NominationHasMoved`."""
    told = await tell_who_loses_a_seat(work, held, nominated)
    return [*await give_up(work, nominated, held), *told]


async def give_up(work: Work, nominated: Stored, held: Stored) -> list[Event]:
    """A nomination ends as withdrawn, and what it held is free. Raises `NominationHasMoved`."""
    events: list[Event] = [await move(work, nominated, NominationState.WITHDRAWN)]
    await settle_return(work, nominated["id"], "ended")
    events += await end_request(work, nominated["id"])
    events += await end_run_offer(work, nominated["id"])
    offer = await standing_offer(work, nominated["id"])
    if offer is None:
        return events
    await close_offer(work, offer, "cancelled")
    return [*events, freed(held, offer, nominated, "withdrawn")]
