"""Working days of a country, and plans kept as local time, zone and computed instant."""

from shared.calendar.conflicts import Conflict, ConflictKind, conflicts
from shared.calendar.planned_time import (
    LocalTimeDoesNotExist,
    LocalTimeNamesAZone,
    PlannedTime,
    UnknownZone,
    plan,
)
from shared.calendar.rules import (
    CalendarIsMalformed,
    HalfDays,
    Holiday,
    OfficeHours,
    Ramadan,
    Weekend,
)
from shared.calendar.working_calendar import MONDAY_TO_FRIDAY, WorkingCalendar
from shared.calendar.working_days import (
    closes_early,
    is_working_day,
    working_days_after,
    working_days_before,
)

__all__ = [
    "MONDAY_TO_FRIDAY",
    "CalendarIsMalformed",
    "Conflict",
    "ConflictKind",
    "HalfDays",
    "Holiday",
    "LocalTimeDoesNotExist",
    "LocalTimeNamesAZone",
    "OfficeHours",
    "PlannedTime",
    "Ramadan",
    "UnknownZone",
    "Weekend",
    "WorkingCalendar",
    "closes_early",
    "conflicts",
    "is_working_day",
    "plan",
    "working_days_after",
    "working_days_before",
]
