"""Counting in working days. A half day and a day of Ramadan are working days."""

from datetime import date, time, timedelta

from shared.calendar.working_calendar import WorkingCalendar


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Neither weekend nor holiday, estimated holidays included."""
    return day.isoweekday() not in calendar.weekend_on(day).days and not calendar.holidays_on(day)


def working_days_before(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The nth working day before `day`, which is itself not counted; `day` when n is 0.

    Raises `OverflowError` where the calendar of the computer ends.
    """
    return _walk(calendar, day, n, timedelta(days=-1))


def working_days_after(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The nth working day after `day`, which is itself not counted; `day` when n is 0."""
    return _walk(calendar, day, n, timedelta(days=1))


def closes_early(calendar: WorkingCalendar, day: date) -> time | None:
    """Local time at which a working day ends early: a half day or Ramadan hours."""
    if not is_working_day(calendar, day):
        return None
    closing = [rule.until for rule in calendar.half_days if day in rule]
    ramadan = calendar.ramadan_on(day)
    if ramadan is not None and ramadan.hours is not None:
        closing.append(ramadan.hours.closes)
    return min(closing, default=None)


def _walk(calendar: WorkingCalendar, day: date, n: int, step: timedelta) -> date:
    if n < 0:
        raise ValueError("count working days with a number that is not negative")
    while n:
        day += step
        n -= is_working_day(calendar, day)
    return day
