"""Until when a call takes nominations, in time and late, and seats are given back freely."""

from zoneinfo import ZoneInfo

from shared.context import Work
from shared.refusals import Refused

from ..loading import Stored, has_begun, known_activity
from ..refusals.calls import CallHasEnded, CallIsClosed


def is_late(work: Work, call: Stored) -> bool:
    """Whether who is nominated now comes after all who were in time."""
    return bool(work.now > call["deadline_at"])


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


async def _is_open(work: Work, call: Stored) -> bool:
    if not is_late(work, call):
        return call["selected_at"] is None
    if not call["takes_late"]:
        return False
    activity = await known_activity(work, call["activity_id"])
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    last = call["late_until"]
    return not has_begun(work, activity) and (last is None or today <= last)
