"""Who has a seat is asked for details: by which link, until when, and reminded before."""

from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.calendar import PlannedTime
from shared.context import Work
from shared.contracts import Event
from shared.contracts.event import Planned
from shared.contracts.registration import FollowUpAsked, FollowUpReminded
from shared.database import insert_new
from shared.jobs import Later, plan

from ..calls.afterwards import weeks_after_the_end
from ..calls.deadlines import end_of_day
from ..facts import follow_up_described
from ..loading import Stored, known_activity
from ..nominees.notices import tell
from ..tables import follow_up
from .follow_up_data import PURPOSE

N = TypeVar("N", FollowUpAsked, FollowUpReminded)
REMIND = "remind_follow_up"
PURGE = "purge_follow_ups"
BEFORE_THE_ACTIVITY = timedelta(days=14)
AT_LEAST = timedelta(days=3)
REMINDED_BEFORE = timedelta(days=3)


async def ask_follow_up(
    work: Work, held: Stored, nominated: Stored, recipient_id: UUID
) -> list[Event]:
    """Ask for what the call names; nothing where it names nothing, or where it was asked for."""
    if not held["follow_up"]:
        return []
    activity = await known_activity(work, held["activity_id"])
    answer_by = _answer_by(work, held, activity)
    row = _row(work, held, nominated, recipient_id, answer_by)
    if not await insert_new(work.connection, follow_up, [row]):
        return []
    await plan(work, *_reminder(work, row), weeks_after_the_end(PURGE, held["id"], activity))
    return [follow_up_described(row), *await write_to(work, FollowUpAsked, held, nominated, row)]


async def write_to(
    work: Work, kind: type[N], held: Stored, nominated: Stored, row: Stored
) -> list[N]:
    """The officer, or who answers for them, with the link to the form."""
    is_officer = row["recipient_id"] == row["person_id"]
    answer_by = Planned(
        local=datetime.fromisoformat(row["answer_local"]),
        zone=row["answer_zone"],
        instant=row["answer_by"],
    )
    return await tell(
        work,
        kind,
        held,
        nominated,
        [row["recipient_id"]],
        officer_reference=None if is_officer else nominated["officer_reference"],
        answer_by=answer_by,
        link=work.links.make(PURPOSE, row["nomination_id"], row["answer_by"]),
    )


def _answer_by(work: Work, held: Stored, activity: Stored) -> PlannedTime:
    """The day that the call names, or two weeks before the activity; never less than three days
    from now, nor into the activity."""
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    wished = held["follow_up_until"] or activity["starts_on"] - BEFORE_THE_ACTIVITY
    last = min(max(wished, today + AT_LEAST), activity["starts_on"] - timedelta(days=1))
    return end_of_day(last, activity["zone"])


def _row(
    work: Work, held: Stored, nominated: Stored, recipient_id: UUID, answer_by: PlannedTime
) -> dict[str, Any]:
    return {
        "nomination_id": nominated["id"],
        "call_id": held["id"],
        "activity_id": held["activity_id"],
        "project_id": held["project_id"],
        "person_id": nominated["person_id"],
        "recipient_id": recipient_id,
        "party": nominated["party"],
        "asks": held["follow_up"],
        "state": "asked",
        "asked_at": work.now,
        "answer_local": answer_by.local.isoformat(),
        "answer_zone": answer_by.zone,
        "answer_by": answer_by.instant,
        "completed_at": None,
        "visa_letter": None,
        "version": 1,
    }


def _reminder(work: Work, row: dict[str, Any]) -> list[Later]:
    """None where the day to answer is too near for one."""
    due_at = row["answer_by"] - REMINDED_BEFORE
    if due_at <= work.now:
        return []
    return [
        Later(
            kind=REMIND,
            key=str(row["nomination_id"]),
            payload={"nomination_id": str(row["nomination_id"])},
            due_at=due_at,
            person_id=row["person_id"],
        )
    ]
