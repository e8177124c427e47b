"""The working calendar of a party: dated weekends, half days, holidays and Ramadan.

A plain value: it is edited by people, stored as JSON and travels in an event.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from shared.calendar.rules import CalendarIsMalformed, HalfDays, Holiday, Ramadan, Weekend

_SATURDAY_AND_SUNDAY = Weekend(date.min, frozenset({6, 7}))


@dataclass(frozen=True)
class WorkingCalendar:
    """Where no weekend rule is in force yet, Saturday and Sunday are free."""

    weekends: tuple[Weekend, ...] = ()
    half_days: tuple[HalfDays, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    ramadans: tuple[Ramadan, ...] = ()

    def weekend_on(self, day: date) -> Weekend:
        """The rule in force on that day: the one that started last."""
        started = [rule for rule in self.weekends if rule.starts <= day]
        return max(started, key=lambda rule: rule.starts, default=_SATURDAY_AND_SUNDAY)

    def holidays_on(self, day: date) -> tuple[Holiday, ...]:
        return self._holidays_by_day.get(day, ())

    def ramadan_on(self, day: date) -> Ramadan | None:
        return next((ramadan for ramadan in self.ramadans if day in ramadan), None)

    def to_json(self) -> dict[str, Any]:
        """Only dicts, lists, strings, integers, booleans and None."""
        return {
            "weekends": [rule.to_json() for rule in self.weekends],
            "half_days": [rule.to_json() for rule in self.half_days],
            "holidays": [holiday.to_json() for holiday in self.holidays],
            "ramadans": [ramadan.to_json() for ramadan in self.ramadans],
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Self:
        """Unknown fields are ignored; raises `CalendarIsMalformed` where a known one is wrong."""
        try:
            return cls(
                weekends=tuple(map(Weekend.from_json, written.get("weekends", ()))),
                half_days=tuple(map(HalfDays.from_json, written.get("half_days", ()))),
                holidays=tuple(map(Holiday.from_json, written.get("holidays", ()))),
                ramadans=tuple(map(Ramadan.from_json, written.get("ramadans", ()))),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CalendarIsMalformed("this is not a working calendar") from error

    @cached_property
    def _holidays_by_day(self) -> dict[date, tuple[Holiday, ...]]:
        by_day: dict[date, tuple[Holiday, ...]] = {}
        for holiday in self.holidays:
            by_day[holiday.day] = (*by_day.get(holiday.day, ()), holiday)
        return by_day


MONDAY_TO_FRIDAY = WorkingCalendar(weekends=(_SATURDAY_AND_SUNDAY,))
