"""Whether a call fills its minimum of seats; where it does not, its coordinators are asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.contracts.registration import ViabilityQuestioned
from shared.jobs import Later, plan, unplan

from ..domain.nomination import HOLDING_A_SEAT, NominationState
from ..loading import Stored, has_begun, known_activity
from ..tables import call, nomination
from .announcements import to_coordinators
from .terms import start_of

LOOK = "look_at_viability"


async def question_viability(work: Work, held: Stored) -> list[ViabilityQuestioned]:
    """Ask each coordinator for go or no-go, once for as long as the call is below its minimum, and
    not any more once they have decided."""
    minimum = held["minimum_seats"]
    if minimum is None or held["viability"] is not None or held["ended_at"] is not None:
        return []
    activity = await known_activity(work, held["activity_id"])
    if has_begun(work, activity):
        return []
    filled = await seats_filled(work, held)
    since = held["below_minimum_at"]
    if (filled < minimum) == (since is not None):
        return []
    await _note(work, held, work.now if filled < minimum else None)
    if filled >= minimum:
        return []
    return [
        ViabilityQuestioned(minimum_seats=minimum, filled=filled, **told)
        for told in await to_coordinators(work, held, activity)
    ]


async def seats_filled(work: Work, held: Stored) -> int:
    """How many hold a seat; before the selection, how many are nominated."""
    counted = HOLDING_A_SEAT if held["selected_at"] else {NominationState.SUBMITTED}
    mine = (nomination.c.call_id == held["id"]) & nomination.c.status.in_(counted)
    query = select(func.count()).select_from(nomination).where(mine)
    return int((await work.connection.execute(query)).scalar_one())


async def plan_look(work: Work, held: Stored, activity: Stored) -> None:
    """Look on the day that the call names, or once nominations are taken no more."""
    key = str(held["id"])
    await unplan(work, LOOK, key)
    if held["decide_on"] is None:
        return
    due_at = max(start_of(activity, held["decide_on"]), held["deadline_at"])
    await plan(work, Later(LOOK, key, {"call_id": key}, due_at))


async def _note(work: Work, held: Stored, since: datetime | None) -> None:
    mine: UUID = held["id"]
    change = call.update().where(call.c.id == mine).values(below_minimum_at=since)
    await work.connection.execute(change)
