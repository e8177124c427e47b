"""Corrections after closing: a mark that was wrong, why, and what it changes."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.contracts.scheduling import AttendanceRecorded
from shared.database import lock_row
from shared.refusals import Refused
from shared.rights import require_staff

from ..loading import found, session_and_activity
from ..outcomes import record_of, settle
from ..refusals import ActivityIsNotClosed, OfficerIsNotEnrolled, SessionIsCancelled
from ..tables import activity, correction, session
from .attendance import RecordAttendance, marks_before, places_at, strangers, write_marks


class Reason(StrEnum):
    """Why a mark was not right."""

    WRITTEN_DOWN_WRONGLY = "written_down_wrongly"
    OFFICERS_MIXED_UP = "officers_mixed_up"
    EVIDENCE_CAME_LATER = "evidence_came_later"
    OTHER = "other"


class CorrectAttendance(RecordAttendance):
    """Marks of a closed activity as they should have been, and why they were not. Auditors read
    the reason; the note is for coordinators alone."""

    reason: Reason
    note: Annotated[str, Field(min_length=1, max_length=500)] | None = None


async def correct_attendance(
    work: Work, session_id: UUID, correction_id: UUID, asked: CorrectAttendance
) -> Outcome:
    """Correct marks; officers for whom that decides otherwise have a new outcome."""
    row = await found(work, session, session_id)
    await lock_row(work.connection, activity, id=row.activity_id)
    row, parent = await session_and_activity(work, session_id)
    await require_staff(work, parent.project_id, "coordinator")
    refusal = _not_now(row, parent)
    if refusal:
        return refusal
    places = await places_at(work, row)
    faults = strangers(asked.records, places)
    if faults:
        return OfficerIsNotEnrolled(faults=faults)
    before = await marks_before(work, row)
    marks = [(places[one.person_id], one.status) for one in asked.records]
    corrected = await write_marks(work, row, marks)
    await _keep(work, correction_id, asked, before, corrected)
    return await _settle_anew(work, parent, corrected)


def _not_now(row: Row[Any], parent: Row[Any]) -> Refused | None:
    if parent.state != "closed":
        return ActivityIsNotClosed()
    return SessionIsCancelled() if row.state != "scheduled" else None


async def _settle_anew(
    work: Work, parent: Row[Any], corrected: list[AttendanceRecorded]
) -> Outcome:
    record = await record_of(work, parent.id)
    concerned = {event.enrolment_id for event in corrected}
    places = [one for one in record.places if one.id in concerned]
    settled = await settle(work, record, places)
    return settled if isinstance(settled, Refused) else [*corrected, *settled]


async def _keep(
    work: Work,
    correction_id: UUID,
    asked: CorrectAttendance,
    before: dict[UUID, str],
    corrected: list[AttendanceRecorded],
) -> None:
    rows = [
        {
            "correction_id": correction_id,
            "enrolment_id": event.enrolment_id,
            "person_id": event.person_id,
            "activity_id": event.activity_id,
            "session_id": event.session_id,
            "before": before.get(event.enrolment_id),
            "after": event.status,
            "reason": asked.reason.value,
            "note": asked.note,
            "corrected_at": work.now,
        }
        for event in corrected
    ]
    if rows:
        await work.connection.execute(correction.insert(), rows)
