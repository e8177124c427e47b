"""Closing an activity: who completed it, and a certificate for each who did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.scheduling import EnrolmentCompleted, EnrolmentFailed
from shared.database import lock_row
from shared.jobs import Later, plan
from shared.refusals import Fault, Refused
from shared.rights import require_staff

from ..domain.attendance import Attendance
from ..domain.completion import Completion, SessionOfRecord, completion
from ..facts import activity_described, enrolment_described
from ..jobs import ISSUE_CERTIFICATE
from ..loading import enrolments_of, found, marks_of, sessions_of, takes_part
from ..refusals import (
    ActivityIsClosed,
    ActivityIsNotOver,
    AttendanceIsMissing,
    IssuingBodyIsMissing,
    NothingIsPlanned,
)
from ..tables import activity, enrolment, project

Marks = Mapping[UUID, Mapping[UUID, Attendance]]
"""By enrolment, then by session."""


@dataclass(frozen=True, slots=True)
class Record:
    """What closing looks at: the sessions held, who is enrolled, their marks."""

    activity: Row[Any]
    sessions: Sequence[Row[Any]]
    places: Sequence[Row[Any]]
    marks: Marks


async def close_activity(work: Work, activity_id: UUID) -> Outcome:
    """Settle who completed; the outcome of each officer is announced, and papers follow."""
    await lock_row(work.connection, activity, id=activity_id)
    record = await _record(work, activity_id)
    await require_staff(work, record.activity.project_id, "coordinator")
    refusal = _objection(work, record)
    if refusal:
        return refusal
    outcomes = [(place, _outcome(record, place)) for place in record.places]
    if any(outcome.completed for _, outcome in outcomes):
        paid_by = await found(work, project, record.activity.project_id)
        if not paid_by.issuing_body:
            return IssuingBodyIsMissing()
    events = [await _conclude(work, place, outcome) for place, outcome in outcomes]
    mine = activity.c.id == activity_id
    closed = {"state": "closed", "version": record.activity.version + 1}
    await work.connection.execute(activity.update().where(mine).values(closed))
    return [*events, activity_described(await found(work, activity, activity_id))]


async def _record(work: Work, activity_id: UUID) -> Record:
    row = await found(work, activity, activity_id)
    sessions = await sessions_of(work, activity_id, cancelled=False)
    places = await enrolments_of(work, activity_id, status="enrolled")
    marks: dict[UUID, dict[UUID, Attendance]] = {}
    for mark in await marks_of(work, [one.id for one in sessions]):
        marks.setdefault(mark.enrolment_id, {})[mark.session_id] = Attendance(mark.status)
    return Record(row, sessions, places, marks)


def _objection(work: Work, record: Record) -> Refused | None:
    if record.activity.state != "planned":
        return ActivityIsClosed()
    if not record.sessions:
        return NothingIsPlanned()
    if max(row.ends_at for row in record.sessions) > work.now:
        return ActivityIsNotOver()
    faults = [fault for row in record.sessions for fault in _unmarked(record, row)]
    return AttendanceIsMissing(faults=faults) if faults else None


def _unmarked(record: Record, session: Row[Any]) -> list[Fault]:
    missing = sum(
        takes_part(session, place.person_id) and session.id not in record.marks.get(place.id, {})
        for place in record.places
    )
    path = f"session {session.number}"
    words = f"Officers without a mark: {missing}."
    return [Fault(path, "attendance-is-missing", words)] if missing else []


def _outcome(record: Record, place: Row[Any]) -> Completion:
    held = [
        SessionOfRecord(row.id, row.starts_local.date())
        for row in record.sessions
        if takes_part(row, place.person_id)
    ]
    marks = record.marks.get(place.id, {})
    return completion(held, marks, record.activity.minimum_attendance)


async def _conclude(work: Work, place: Row[Any], outcome: Completion) -> Event:
    values = {
        "status": "completed" if outcome.completed else "failed",
        "sessions_held": outcome.held,
        "sessions_attended": outcome.attended,
        "days_attended": outcome.days_attended,
    }
    mine = enrolment.c.id == place.id
    await work.connection.execute(enrolment.update().where(mine).values(values))
    after = await found(work, enrolment, place.id)
    if not outcome.completed:
        return enrolment_described(EnrolmentFailed, after)
    payload = {"enrolment_id": str(place.id)}
    paper = Later(ISSUE_CERTIFICATE, str(place.id), payload, work.now, place.person_id)
    await plan(work, paper)
    return enrolment_described(EnrolmentCompleted, after)
