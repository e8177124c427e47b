"""Go or no-go for a call below its minimum of seats (coordinator), and how a call ends."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import ViabilityDecided
from shared.jobs import unplan
from shared.refusals import Refused
from shared.rights import require_staff

from ..bodies.calls import DecideViability
from ..calls.ends import announce_end, take_back_seats
from ..calls.viability import LOOK, question_viability, seats_filled
from ..domain.nomination import NominationState, is_final
from ..domain.run_states import RunState
from ..facts import call_ended
from ..loading import (
    Stored,
    has_begun,
    known_activity,
    locked_call,
    nominations_of,
    several,
)
from ..nominees.change_requests import end_request
from ..nominees.moves import move_all
from ..nominees.returns import settle_return
from ..refusals.calls import ActivityIsOver, CallHasEnded, CallHasNoMinimum
from ..selecting.runs import standing_run
from ..tables import call, call_quota, held_seat
from .selection_runs import give_up

ENDED = "call-ended"


async def look_at_viability(work: Work, call_id: UUID) -> Outcome:
    """On the day a call names: its coordinators are asked if it is below its minimum."""
    return await question_viability(work, await locked_call(work, call_id))


async def decide_viability(work: Work, call_id: UUID, asked: DecideViability) -> Outcome:
    """Let the activity take place with the seats that are filled, or end the call."""
    held = await locked_call(work, call_id)
    await require_staff(work, held["project_id"], "coordinator")
    activity = await known_activity(work, held["activity_id"])
    wrong = _check(work, held, activity)
    if wrong:
        return wrong
    row = {
        **held,
        "viability": asked.decision,
        "viability_reason": asked.reason,
        "ended_at": work.now if asked.decision == "no_go" else None,
        "version": held["version"] + 1,
    }
    decided = ViabilityDecided(
        call_id=call_id,
        activity_id=held["activity_id"],
        project_id=held["project_id"],
        decision=asked.decision,
        minimum_seats=held["minimum_seats"],
        filled=await seats_filled(work, held),
    )
    await work.connection.execute(call.update().where(call.c.id == call_id).values(**row))
    return [decided, *(await _end(work, row, activity) if row["ended_at"] else [])]


def _check(work: Work, held: Stored, activity: Stored) -> Refused | None:
    if held["ended_at"] is not None:
        return CallHasEnded()
    if held["minimum_seats"] is None:
        return CallHasNoMinimum()
    return ActivityIsOver() if has_begun(work, activity) else None


async def _end(work: Work, row: Stored, activity: Stored) -> list[Event]:
    """Nominations end with what is under way for them, seats are taken back, and each who is
    concerned is told."""
    await unplan(work, LOOK, str(row["id"]))
    await work.connection.execute(held_seat.delete().where(held_seat.c.call_id == row["id"]))
    quotas = await several(work, select(call_quota).where(call_quota.c.call_id == row["id"]))
    taken_back = await take_back_seats(work, row, activity)
    running = [
        one
        for one in await nominations_of(work, row["id"])
        if not is_final(NominationState(one["status"]))
    ]
    requests = [event for one in running for event in await end_request(work, one["id"])]
    for one in running:
        if one["status"] == NominationState.RETURNED:
            await settle_return(work, one["id"], "ended")
    ended = await move_all(work, running, NominationState.NOT_SELECTED, ENDED)
    run = await standing_run(work, row["id"])
    given_up = await give_up(work, row, run, RunState.CANCELLED) if run else []
    announced = await announce_end(work, row, activity, quotas)
    return [call_ended(row, quotas), *ended, *requests, *given_up, *taken_back, *announced]
