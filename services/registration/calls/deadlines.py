"""Until when a call takes nominations, seats are given back freely, and answers are awaited."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.calendar import PlannedTime, plan
from shared.context import Work
from shared.refusals import Refused

from ..loading import Stored, has_begun, known_activity
from ..refusals.calls import CallHasEnded, CallIsClosed

LAST_MINUTE = time(23, 59)


def is_late(work: Work, call: Stored) -> bool:
    """Whether who is nominated now comes after all who were in time."""
    return bool(work.now > call["deadline_at"])


def is_frozen(work: Work, call: Stored, nominated: Stored) -> bool:
    """Whether the list a nomination is on takes no corrections: it was submitted in time, and the
    time is over."""
    return is_late(work, call) and not nominated["late"]


async def what_forbids_nominating(work: Work, call: Stored) -> Refused | None:
    """Why a call takes no nominations now, if so. Raises `NotYetKnown` for its activity."""
    if call["ended_at"] is not None:
        return CallHasEnded()
    return None if await _is_open(work, call) else CallIsClosed()


def cut_off_has_passed(work: Work, call: Stored) -> bool:
    """Whether the last day to give a seat back freely is over, in the zone of the call."""
    last = call["withdraw_until"]
    today = work.now.astimezone(ZoneInfo(call["deadline_zone"])).date()
    return last is not None and today > last


def end_of_day(day: date, zone: str) -> PlannedTime:
    """Until when something is awaited that has a day to come on."""
    return plan(datetime.combine(day, LAST_MINUTE), zone)


async def end_of_day_to_answer(work: Work, call: Stored, day: date) -> PlannedTime | None:
    """The same in the zone of a call; None where that has passed, or its activity has begun by
    then. Raises `NotYetKnown` for the activity."""
    activity = await known_activity(work, call["activity_id"])
    end = end_of_day(day, call["deadline_zone"])
    last = activity["starts_on"] - timedelta(days=1)
    return None if day > last or end.instant <= work.now else end


async def _is_open(work: Work, call: Stored) -> bool:
    if not is_late(work, call):
        return call["selected_at"] is None
    if not call["takes_late"]:
        return False
    activity = await known_activity(work, call["activity_id"])
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    last = call["late_until"]
    return not has_begun(work, activity) and (last is None or today <= last)
