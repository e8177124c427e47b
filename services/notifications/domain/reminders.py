"""When an officer is reminded: working days of the reader's country before their first session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.calendar import WorkingCalendar, working_days_before

WORKING_DAYS: Final = 3
IN_THE_MORNING: Final = time(9)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session one may be reminded of: when it begins, as an instant and on the wall.

    `participants` are the officers it concerns; None: everyone enrolled.
    """

    session_id: UUID
    number: int
    starts_at: datetime
    local: datetime
    zone: str
    participants: frozenset[UUID] | None = None


def first_session_of(officer: UUID, sessions: Iterable[PlannedSession]) -> PlannedSession | None:
    """The session in which an officer takes part first; of several at once, the lowest number."""
    theirs = [one for one in sessions if one.participants is None or officer in one.participants]
    return min(
        theirs, key=lambda one: (one.starts_at, one.number, str(one.session_id)), default=None
    )


def remind_at(session_day: date, zone: str, calendar: WorkingCalendar) -> datetime:
    """Nine in the morning, in the activity's zone, of the third working day before the session."""
    day = working_days_before(calendar, session_day, WORKING_DAYS)
    return datetime.combine(day, IN_THE_MORNING, ZoneInfo(zone)).astimezone(UTC)


def reminder_key(person_id: UUID, session: PlannedSession) -> str:
    """One reminder per person, session and planned instant: a moved session is a new one."""
    instant = session.starts_at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{person_id}/{session.session_id}/{instant}"
