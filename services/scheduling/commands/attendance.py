"""Attendance: who was there, written down from the start of a session until closing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row, select

from shared.context import Outcome, Work
from shared.database import lock_row, upsert_newest
from shared.refusals import Fault, NotFound, Refused
from shared.rights import require_staff, staff_assignment
from shared.web.body import Taken

from ..facts import attendance_id, attendance_recorded
from ..loading import enrolments_of, found, marks_of, session_and_activity, takes_part
from ..refusals import (
    ActivityIsClosed,
    OfficerIsNotEnrolled,
    SessionHasNotStarted,
    SessionIsCancelled,
)
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
    refusal = _not_now(work, row, parent)
    if refusal:
        return refusal
    places = {
        place.person_id: place
        for place in await enrolments_of(work, parent.id, status="enrolled")
        if takes_part(row, place.person_id)
    }
    faults = _strangers(asked.records, places)
    if faults:
        return OfficerIsNotEnrolled(faults=faults)
    return await _write(work, row, [(places[one.person_id], one.status) for one in asked.records])


async def require_keeper(work: Work, row: Row[Any], parent: Row[Any]) -> None:
    """Raises `NotFound` unless the actor coordinates the project or instructs the session."""
    if work.actor.role != "instructor":
        await require_staff(work, parent.project_id, "coordinator")
        return
    await require_staff(work, parent.project_id, "instructor")
    if not await acts_as(work, parent.project_id) & set(map(UUID, row.instructor_ids)):
        raise NotFound


async def acts_as(work: Work, project_id: UUID) -> set[UUID]:
    """The persons under whose assignments to a project the actor signs in."""
    table = staff_assignment
    query = select(table.c.person_id).where(
        table.c.project_id == project_id,
        table.c.login == work.actor.login,
        table.c.role == work.actor.role,
    )
    return {row.person_id for row in await work.connection.execute(query)}


def _not_now(work: Work, row: Row[Any], parent: Row[Any]) -> Refused | None:
    if parent.state != "planned":
        return ActivityIsClosed()
    if row.state != "scheduled":
        return SessionIsCancelled()
    return SessionHasNotStarted() if row.starts_at > work.now else None


def _strangers(records: Sequence[Mark], places: Mapping[UUID, Row[Any]]) -> list[Fault]:
    faults, seen = [], set[UUID]()
    for number, one in enumerate(records):
        path = f"records.{number}.person_id"
        if one.person_id not in places:
            faults.append(Fault(path, "officer-is-not-enrolled", "Does not take part here."))
        elif one.person_id in seen:
            faults.append(Fault(path, "officer-is-named-twice", "Is named twice."))
        seen.add(one.person_id)
    return faults


async def _write(work: Work, row: Row[Any], marks: Sequence[tuple[Row[Any], str]]) -> Outcome:
    known = {mark.enrolment_id: mark for mark in await marks_of(work, [row.id])}
    new, events = [], []
    for place, status in marks:
        before = known.get(place.id)
        if before and before.status == status:
            continue
        new.append(
            {
                "id": attendance_id(place.id, row.id),
                "enrolment_id": place.id,
                "session_id": row.id,
                "person_id": place.person_id,
                "party": place.party,
                "status": status,
                "version": before.version + 1 if before else 1,
            }
        )
        events.append(attendance_recorded(status, place, row))
    await upsert_newest(work.connection, attendance, new, sequence="version")
    return events
