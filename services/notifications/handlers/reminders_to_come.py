"""Which reminders follow from the newest state of sessions, enrolments, links and calendars."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from shared.calendar import MONDAY_TO_FRIDAY, WorkingCalendar
from shared.context import Work

from ..domain.reminders import PlannedSession, first_session_of, remind_at, reminder_key
from ..tables import activity, calendar, enrolment, joining, person, session
from .messages import Notice

CAUSE = "notifications.reminder"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: due at an instant of the story, of a session, to a reader about an officer."""

    due_at: datetime
    person_id: UUID
    notice: Notice


async def reminders_to_come(
    work: Work, activity_id: UUID, persons: Collection[UUID] | None = None
) -> dict[str, Reminder]:
    """By key: each officer is reminded of the first session of the activity that concerns them;
    nobody once it has begun."""
    query = select(activity).where(activity.c.id == activity_id)
    described = (await work.connection.execute(query)).one_or_none()
    if described is None or described.state != "planned":
        return {}
    sessions = await _sessions(work, activity_id)
    calendars = {None: MONDAY_TO_FRIDAY}
    reminders = {}
    for row in await work.connection.execute(_readers(activity_id, persons)):
        first = first_session_of(row.person_id, sessions)
        if first is None or first.starts_at <= work.now:
            continue
        country = row.calendar_country
        if country not in calendars and row.calendar is not None:
            calendars[country] = WorkingCalendar.from_json(row.calendar)
        if country in calendars and _may_be_written_to(row, described):
            due_at = remind_at(first.local.date(), described.zone, calendars[country])
            if row.stated_at and due_at <= row.stated_at:
                continue
            key = reminder_key(row.person_id, first)
            reminders[key] = Reminder(due_at, row.person_id, _notice(key, row, described, first))
    return reminders


async def _sessions(work: Work, activity_id: UUID) -> list[PlannedSession]:
    query = select(session).where(
        session.c.activity_id == activity_id, session.c.state == "scheduled"
    )
    return [
        PlannedSession(
            session_id=row.id,
            number=row.number,
            starts_at=row.starts_at,
            local=datetime.fromisoformat(row.starts_local),
            zone=row.zone,
            participants=_participants(row.participant_ids),
        )
        for row in await work.connection.execute(query)
    ]


def _participants(ids: Collection[str] | None) -> frozenset[UUID] | None:
    return None if ids is None else frozenset(map(UUID, ids))


def _readers(activity_id: UUID, persons: Collection[UUID] | None) -> Select[Any]:
    """Enrolled officers, with the link to their joining instructions, and who reads for them."""
    query = (
        select(joining, person.c.calendar_country, person.c.contact_directly, calendar.c.calendar)
        .join(enrolment, enrolment.c.id == joining.c.enrolment_id)
        .join(person, person.c.id == joining.c.recipient_id)
        .outerjoin(calendar, calendar.c.country == person.c.calendar_country)
        .where(enrolment.c.activity_id == activity_id, enrolment.c.status == "enrolled")
        .order_by(joining.c.person_id, joining.c.sequence)
    )
    return query if persons is None else query.where(joining.c.person_id.in_(list(persons)))


def _may_be_written_to(row: Row[Any], described: Row[Any]) -> bool:
    """An officer is left alone where contact goes through the focal point."""
    is_officer = row.recipient_id == row.person_id
    return not is_officer or (row.contact_directly and described.visibility != "closed")


def _notice(key: str, row: Row[Any], described: Row[Any], first: PlannedSession) -> Notice:
    return Notice(
        fact=key,
        cause=CAUSE,
        message="session_reminder",
        recipient_id=row.recipient_id,
        officer_id=row.person_id,
        activity_id=described.id,
        visibility=described.visibility,
        variables={
            "reference": row.reference,
            "starts": {"local": first.local.isoformat(), "zone": first.zone},
            "link": row.link,
            "officer_reference": row.officer_reference,
        },
    )
