"""Of a screening nothing is kept for ever: when it is forgotten, and what stays then."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement

from shared.context import Work
from shared.jobs import Later

from ..loading import Stored
from ..tables import screening

FORGET = "forget_screenings"
KEPT_AFTER_THE_END = timedelta(weeks=6)
LAST_MINUTE = time(23, 59)


def forgetting_of(call_id: UUID, activity: Stored) -> Later:
    """Some weeks after the activity, as it is planned now, nothing is kept of what was said."""
    end = datetime.combine(activity["ends_on"], LAST_MINUTE, ZoneInfo(activity["zone"]))
    return Later(
        kind=FORGET,
        key=f"{call_id}/{activity['ends_on']}",
        payload={"call_id": str(call_id)},
        due_at=end + KEPT_AFTER_THE_END,
    )


async def forget_screening(work: Work, theirs: ColumnElement[bool]) -> None:
    """Nothing is kept but that a reference was somebody's: what comes back for it is left aside."""
    blank = dict.fromkeys(("valid_from", "valid_until", "decided_at"))
    change = screening.update().where(theirs).values(state="forgotten", **blank)
    await work.connection.execute(change)
