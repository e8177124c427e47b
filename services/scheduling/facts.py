"""Rows as the events that describe them to the other services."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row

from shared.contracts.event import Planned
from shared.contracts.scheduling import (
    ActivityDescribed,
    AttendanceRecorded,
    EnrolmentState,
    ProjectDescribed,
    SessionState,
)

_ENROLMENT_FIELDS = tuple(
    name for name in EnrolmentState.model_fields if name not in ("enrolment_id",)
)


def project_described(row: Row[Any]) -> ProjectDescribed:
    """A project as it is now."""
    return ProjectDescribed(
        project_id=row.id,
        code=row.code,
        names=row.names,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        donors=tuple(row.donors),
        issuing_body=row.issuing_body,
    )


def activity_described(row: Row[Any]) -> ActivityDescribed:
    """An activity as it is now."""
    return ActivityDescribed(
        activity_id=row.id,
        project_id=row.project_id,
        reference=row.reference,
        kind=row.kind,
        delivery=row.delivery,
        names=row.names,
        visibility=row.visibility,
        zone=row.zone,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        country=row.country,
        city=row.city,
        languages=tuple(row.languages),
        minimum_attendance=row.minimum_attendance,
        state=row.state,
    )


def session_described(
    event_type: type[SessionState], row: Row[Any], venue: Row[Any] | None
) -> SessionState:
    """A session as it is now, under the name of what happened to it."""
    participants = row.participant_ids
    return event_type(
        session_id=row.id,
        activity_id=row.activity_id,
        number=row.number,
        starts=planned(row.starts_local, row.zone, row.starts_at),
        ends=planned(row.ends_local, row.zone, row.ends_at),
        module=row.module,
        venue_id=row.venue_id,
        venue=venue.names if venue else {},
        room=row.room,
        instructor_ids=tuple(map(UUID, row.instructor_ids)),
        participant_ids=None if participants is None else tuple(map(UUID, participants)),
        state=row.state,
    )


def enrolment_described(event_type: type[EnrolmentState], row: Row[Any]) -> EnrolmentState:
    """An enrolment as it is now, under the name of what happened to it."""
    return event_type(
        enrolment_id=row.id, **{name: getattr(row, name) for name in _ENROLMENT_FIELDS}
    )


def attendance_recorded(status: Any, enrolment: Row[Any], session: Row[Any]) -> AttendanceRecorded:
    """One officer's mark at one session."""
    return AttendanceRecorded(
        attendance_id=attendance_id(enrolment.id, session.id),
        enrolment_id=enrolment.id,
        session_id=session.id,
        activity_id=session.activity_id,
        party=enrolment.party,
        person_id=enrolment.person_id,
        held_on=session.starts_local.date(),
        status=status,
    )


def attendance_id(enrolment_id: UUID, session_id: UUID) -> UUID:
    """The same for every replay."""
    return uuid5(enrolment_id, str(session_id))


def enrolment_id(nomination_id: UUID) -> UUID:
    """The same for every replay: a nomination leads to one enrolment at most."""
    return uuid5(nomination_id, "enrolment")


def planned(local: datetime, zone: str, instant: datetime) -> Planned:
    """A planned time as events carry it."""
    return Planned(local=local, zone=zone, instant=instant)
