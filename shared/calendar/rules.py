"""The dated entries of a working calendar, each with its plain JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Self

Json = dict[str, Any]


class CalendarIsMalformed(ValueError):
    """An entry that no calendar can hold, or JSON that is not one."""


@dataclass(frozen=True)
class Weekend:
    """Rest days as ISO weekdays (Monday 1 to Sunday 7), in force from `starts` on."""

    starts: date
    days: frozenset[int]
    confirmed: bool = True

    def __post_init__(self) -> None:
        if not self.days < frozenset(range(1, 8)):
            raise CalendarIsMalformed("a weekend is up to six ISO weekdays, 1 to 7")

    def to_json(self) -> Json:
        days = sorted(self.days)
        return {"starts": self.starts.isoformat(), "days": days, "confirmed": self.confirmed}

    @classmethod
    def from_json(cls, written: Json) -> Self:
        starts = date.fromisoformat(written["starts"])
        return cls(starts, frozenset(written["days"]), bool(written.get("confirmed", True)))


@dataclass(frozen=True)
class HalfDays:
    """Offices close at local time `until`: on `weekday` only, or on every day of the span."""

    first: date
    last: date | None
    until: time
    weekday: int | None = None

    def __contains__(self, day: date) -> bool:
        in_span = self.first <= day and (self.last is None or day <= self.last)
        return in_span and self.weekday in (None, day.isoweekday())

    def to_json(self) -> Json:
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat() if self.last else None,
            "until": self.until.isoformat(),
            "weekday": self.weekday,
        }

    @classmethod
    def from_json(cls, written: Json) -> Self:
        last = date.fromisoformat(written["last"]) if written.get("last") else None
        until = time.fromisoformat(written["until"])
        return cls(date.fromisoformat(written["first"]), last, until, written.get("weekday"))


@dataclass(frozen=True)
class Holiday:
    """One day off; `names` by BCP 47 language, `estimated` until the day is announced."""

    day: date
    names: Mapping[str, str] = field(hash=False)
    estimated: bool = False

    def to_json(self) -> Json:
        names = dict(self.names)
        return {"day": self.day.isoformat(), "names": names, "estimated": self.estimated}

    @classmethod
    def from_json(cls, written: Json) -> Self:
        day = date.fromisoformat(written["day"])
        return cls(day, dict(written["names"]), bool(written.get("estimated", False)))


@dataclass(frozen=True)
class OfficeHours:
    """Local opening and closing time."""

    opens: time
    closes: time

    def to_json(self) -> Json:
        return {"opens": self.opens.isoformat(), "closes": self.closes.isoformat()}

    @classmethod
    def from_json(cls, written: Json) -> Self:
        return cls(time.fromisoformat(written["opens"]), time.fromisoformat(written["closes"]))


@dataclass(frozen=True)
class Ramadan:
    """First and last day of one Ramadan, and the office hours kept in it where known."""

    first: date
    last: date
    estimated: bool = True
    hours: OfficeHours | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CalendarIsMalformed("Ramadan ends before it begins")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def to_json(self) -> Json:
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "estimated": self.estimated,
            "hours": self.hours.to_json() if self.hours else None,
        }

    @classmethod
    def from_json(cls, written: Json) -> Self:
        first, last = date.fromisoformat(written["first"]), date.fromisoformat(written["last"])
        hours = OfficeHours.from_json(written["hours"]) if written.get("hours") else None
        return cls(first, last, bool(written.get("estimated", True)), hours)
