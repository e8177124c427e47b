"""Attendance: who was there, written down from the start of a session until closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.contracts.scheduling import AttendanceRecorded
from shared.database import lock_row, upsert_newest
from shared.refusals import Fault, Refused
from shared.web.body import Taken

from ..facts import attendance_id, attendance_recorded
from ..loading import enrolments_of, found, marks_of, session_and_activity, takes_part
from ..refusals import (
    ActivityIsClosed,
    OfficerIsNotEnrolled,
    SessionHasNotStarted,
    SessionIsCancelled,
)
from ..rights import require_keeper
from ..tables import activity, attendance, session


class Mark(Taken):
    """One officer at the session."""

    person_id: UUID
    status: Literal["present", "late", "excused", "absent"]


class RecordAttendance(Taken):
    """Marks of some or all officers; a mark given before is corrected."""

    records: Annotated[tuple[Mark, ...], Field(min_length=1, max_length=500)]


async def record_attendance(work: Work, session_id: UUID, asked: RecordAttendance) -> Outcome:
    """Write down who was there; the same marks again change nothing."""
    row = await found(work, session, session_id)
    await lock_row(work.connection, activity, id=row.activity_id)
    row, parent = await session_and_activity(work, session_id)
    await require_keeper(work, row, parent)
    refusal = not_now(work, row, parent)
    if refusal:
        return refusal
    places = await places_at(work, row)
    faults = strangers(asked.records, places)
    if faults:
        return OfficerIsNotEnrolled(faults=faults)
    marks = [(places[one.person_id], one.status) for one in asked.records]
    return await write_marks(work, row, marks)


async def places_at(work: Work, row: Row[Any]) -> dict[UUID, Row[Any]]:
    """The places of the officers a session concerns, by person."""
    return {
        place.person_id: place
        for place in await enrolments_of(work, row.activity_id)
        if place.status != "cancelled" and takes_part(row, place.person_id)
    }


async def marks_before(work: Work, row: Row[Any]) -> dict[UUID, str]:
    """What is written down for a session, by enrolment."""
    return {mark.enrolment_id: mark.status for mark in await marks_of(work, [row.id])}


def strangers(records: Sequence[Mark], places: Mapping[UUID, Row[Any]]) -> list[Fault]:
    """Who of those named has no place at the session, or is named twice."""
    faults, seen = [], set[UUID]()
    for number, one in enumerate(records):
        path = f"records.{number}.person_id"
        if one.person_id not in places:
            faults.append(Fault(path, "officer-is-not-enrolled", "Does not take part here."))
        elif one.person_id in seen:
            faults.append(Fault(path, "officer-is-named-twice", "Is named twice."))
        seen.add(one.person_id)
    return faults


async def write_marks(
    work: Work,
    row: Row[Any],
    marks: Sequence[tuple[Row[Any], str]],
    *,
    said_at: datetime | None = None,
) -> list[AttendanceRecorded]:
    """Keep marks by place, written down now unless said otherwise; what was written down so before
    is no event."""
    known = {mark.enrolment_id: mark for mark in await marks_of(work, [row.id])}
    new, same, events = [], [], []
    for place, status in marks:
        before = known.get(place.id)
        if before and before.status == status:
            same.append(before.id)
            continue
        new.append(
            {
                "id": attendance_id(place.id, row.id),
                "enrolment_id": place.id,
                "session_id": row.id,
                "person_id": place.person_id,
                "party": place.party,
                "status": status,
                "said_at": said_at or work.now,
                "version": before.version + 1 if before else 1,
            }
        )
        events.append(attendance_recorded(status, place, row))
    await upsert_newest(work.connection, attendance, new, sequence="version")
    if same:
        confirmed = attendance.update().where(attendance.c.id.in_(same))
        await work.connection.execute(confirmed.values(said_at=said_at or work.now))
    return events


def not_now(work: Work, row: Row[Any], parent: Row[Any]) -> Refused | None:
    """Why no mark is written down at this moment, if so."""
    if parent.state != "planned":
        return ActivityIsClosed()
    if row.state != "scheduled":
        return SessionIsCancelled()
    return SessionHasNotStarted() if row.starts_at > work.now else None
