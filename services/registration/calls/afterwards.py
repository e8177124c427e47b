"""What is done some weeks after the activity of a call: what was only kept for it is forgotten."""

from datetime import timedelta
from uuid import UUID

from shared.jobs import Later

from ..loading import Stored
from .deadlines import end_of_day

KEPT_AFTER_THE_END = timedelta(weeks=6)


def weeks_after_the_end(kind: str, call_id: UUID, activity: Stored) -> Later:
    """A job for then, as the activity is planned now; put off with it, it is another job."""
    then = end_of_day(activity["ends_on"] + KEPT_AFTER_THE_END, activity["zone"])
    return Later(
        kind=kind,
        key=f"{call_id}/{activity['ends_on']}",
        payload={"call_id": str(call_id)},
        due_at=then.instant,
    )
