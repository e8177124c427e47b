"""What stands in the way of planning something in a span of days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from shared.calendar.working_calendar import WorkingCalendar
from shared.calendar.working_days import closes_early


class ConflictKind(StrEnum):
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    RAMADAN = "ramadan"
    HALF_DAY = "half_day"


@dataclass(frozen=True)
class Conflict:
    """One reason against one day. `certain` is false for estimated or unconfirmed dates."""

    day: date
    kind: ConflictKind
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    certain: bool = True


def conflicts(calendar: WorkingCalendar, first: date, last: date) -> tuple[Conflict, ...]:
    """Every conflict of every day from `first` to `last`, both included, in order of days."""
    if last < first:
        raise ValueError("the last day is before the first")
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(conflict for day in days for conflict in _conflicts_of(calendar, day))


def _conflicts_of(calendar: WorkingCalendar, day: date) -> Iterator[Conflict]:
    weekend = calendar.weekend_on(day)
    if day.isoweekday() in weekend.days:
        yield Conflict(day, ConflictKind.WEEKEND, certain=weekend.confirmed)
    for holiday in calendar.holidays_on(day):
        yield Conflict(day, ConflictKind.HOLIDAY, holiday.names, not holiday.estimated)
    ramadan = calendar.ramadan_on(day)
    if ramadan is not None:
        yield Conflict(day, ConflictKind.RAMADAN, certain=not ramadan.estimated)
    if any(day in rule for rule in calendar.half_days) and closes_early(calendar, day):
        yield Conflict(day, ConflictKind.HALF_DAY)
