"""When an officer is reminded: working days of the reader's country before the first session."""

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
class FirstSession:
    """The session reminded of: when it begins, as an instant and on the wall."""

    session_id: UUID
    number: int
    starts_at: datetime
    local: datetime
    zone: str


def first_session(sessions: Iterable[FirstSession]) -> FirstSession | None:
    """The session that begins first; of several at once, the one with the lowest number."""
    return min(
        sessions, key=lambda one: (one.starts_at, one.number, str(one.session_id)), default=None
    )


def remind_at(session_day: date, zone: str, calendar: WorkingCalendar) -> datetime:
    """Nine in the morning, in the activity's zone, of the third working day before the session."""
    day = working_days_before(calendar, session_day, WORKING_DAYS)
    return datetime.combine(day, IN_THE_MORNING, ZoneInfo(zone)).astimezone(UTC)


def reminder_key(person_id: UUID, session: FirstSession) -> str:
    """One reminder per person, session and planned instant: a moved session is a new one."""
    instant = session.starts_at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{person_id}/{session.session_id}/{instant}"
