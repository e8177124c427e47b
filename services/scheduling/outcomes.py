"""What an activity comes to for each officer: settled at closing, and anew where corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work
from shared.contracts import Event
from shared.contracts.scheduling import EnrolmentCompleted, EnrolmentFailed

from .certificates import plan_certificate, revoke_standing
from .domain.attendance import Attendance
from .domain.completion import Completion, SessionOfRecord, completion
from .facts import enrolment_described
from .loading import enrolments_of, found, marks_of, sessions_of, takes_part
from .refusals import IssuingBodyIsMissing
from .tables import activity, enrolment, project

Marks = Mapping[UUID, Mapping[UUID, Attendance]]
"""By enrolment, then by session."""


@dataclass(frozen=True, slots=True)
class Record:
    """What outcomes follow from: the sessions held, who has a place, their marks."""

    activity: Row[Any]
    sessions: Sequence[Row[Any]]
    places: Sequence[Row[Any]]
    marks: Marks

    def outcome(self, place: Row[Any]) -> Completion:
        """What the marks come to for one officer."""
        held = [
            SessionOfRecord(row.id, row.starts_local.date())
            for row in self.sessions
            if takes_part(row, place.person_id)
        ]
        marks = self.marks.get(place.id, {})
        return completion(held, marks, self.activity.minimum_attendance)


async def record_of(work: Work, activity_id: UUID) -> Record:
    """The record of an activity as it is now; who gave the place back is not in it."""
    row = await found(work, activity, activity_id)
    sessions = await sessions_of(work, activity_id, cancelled=False)
    places = [one for one in await enrolments_of(work, activity_id) if one.status != "cancelled"]
    marks: dict[UUID, dict[UUID, Attendance]] = {}
    for mark in await marks_of(work, [one.id for one in sessions]):
        marks.setdefault(mark.enrolment_id, {})[mark.session_id] = Attendance(mark.status)
    return Record(row, sessions, places, marks)


async def settle(
    work: Work, record: Record, places: Sequence[Row[Any]]
) -> list[Event] | IssuingBodyIsMissing:
    """Write down what these places come to; of one that comes to the same, nothing is said."""
    outcomes = [(place, record.outcome(place)) for place in places]
    completed = any(outcome.completed for _, outcome in outcomes)
    if completed and not await _names_issuer(work, record.activity.project_id):
        return IssuingBodyIsMissing()
    return [event for place, outcome in outcomes for event in await _conclude(work, place, outcome)]


async def settle_reported(
    work: Work, parent: Row[Any], place: Row[Any], *, completed: bool, said_at: datetime
) -> list[Event] | IssuingBodyIsMissing:
    """Write down what another system says an activity held elsewhere came to for one officer."""
    if completed and not await _names_issuer(work, parent.project_id):
        return IssuingBodyIsMissing()
    mine = enrolment.update().where(enrolment.c.id == place.id)
    await work.connection.execute(mine.values(reported_at=said_at))
    return await _conclude(work, place, Completion(0, 0, 0, completed))


async def _names_issuer(work: Work, project_id: UUID) -> bool:
    return bool((await found(work, project, project_id)).issuing_body)


async def _conclude(work: Work, place: Row[Any], outcome: Completion) -> list[Event]:
    """A certificate follows each new completion, and does not stand without one."""
    is_new = outcome.completed and place.status != "completed"
    values = {
        "status": "completed" if outcome.completed else "failed",
        "sessions_held": outcome.held,
        "sessions_attended": outcome.attended,
        "days_attended": outcome.days_attended,
        "completions": place.completions + is_new,
    }
    if all(getattr(place, name) == value for name, value in values.items()):
        return []
    mine = enrolment.c.id == place.id
    await work.connection.execute(enrolment.update().where(mine).values(values))
    after = await found(work, enrolment, place.id)
    if not outcome.completed:
        return [enrolment_described(EnrolmentFailed, after), *await revoke_standing(work, after)]
    if is_new:
        await plan_certificate(work, after)
    return [enrolment_described(EnrolmentCompleted, after)]
