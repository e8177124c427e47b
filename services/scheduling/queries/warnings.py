"""What should make a planner think twice: days off, Ramadan, early closing in the host country."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from shared.calendar import Conflict, PlannedTime, WorkingCalendar, conflicts
from shared.contracts.event import Localized

from ..domain.session_plan import SessionPlan, warnings_of

LONGEST_WARNED = timedelta(days=31)


class Warned(BaseModel):
    """One reason against one day; `certain` is false for estimated dates."""

    day: date
    kind: str
    names: Localized
    certain: bool


def activity_warnings(row: Row[Any], host: WorkingCalendar | None) -> list[Warned]:
    """Reasons against the days of an activity. One of many weeks has weekends in it by nature:
    its sessions warn."""
    if host is None or row.ends_on - row.starts_on > LONGEST_WARNED:
        return []
    return _warned(conflicts(host, row.starts_on, row.ends_on))


def session_warnings(row: Row[Any], host: WorkingCalendar | None) -> list[Warned]:
    """Reasons against the time of a session."""
    if host is None or row.state == "cancelled":
        return []
    starts = PlannedTime(row.starts_local, row.zone, row.starts_at)
    ends = PlannedTime(row.ends_local, row.zone, row.ends_at)
    return _warned(warnings_of(SessionPlan(row.id, starts, ends), host, row.zone))


def _warned(found: Iterable[Conflict]) -> list[Warned]:
    return [
        Warned(day=one.day, kind=one.kind, names=dict(one.names), certain=one.certain)
        for one in found
    ]
