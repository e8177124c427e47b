"""Planning a residential course names every day that stands against it."""

from datetime import date, time

import pytest

from shared.calendar import (
    Conflict,
    ConflictKind,
    HalfDays,
    Holiday,
    Ramadan,
    Weekend,
    WorkingCalendar,
    conflicts,
)

EID = {"en": "Eid al-Fitr", "ar": "عيد الفطر"}


def a_calendar() -> WorkingCalendar:
    return WorkingCalendar(
        weekends=(Weekend(date.min, frozenset({5, 6}), confirmed=False),),
        half_days=(HalfDays(date(2026, 3, 26), date(2026, 3, 26), time(12)),),
        holidays=(Holiday(date(2026, 3, 20), EID, estimated=True),),
        ramadans=(Ramadan(date(2026, 2, 18), date(2026, 3, 19)),),
    )


def test_every_reason_of_every_day_is_named_in_order() -> None:
    first, last = date(2026, 3, 19), date(2026, 3, 26)

    found = conflicts(a_calendar(), first, last)

    assert found == (
        Conflict(date(2026, 3, 19), ConflictKind.RAMADAN, certain=False),
        Conflict(date(2026, 3, 20), ConflictKind.WEEKEND, certain=False),
        Conflict(date(2026, 3, 20), ConflictKind.HOLIDAY, EID, certain=False),
        Conflict(date(2026, 3, 21), ConflictKind.WEEKEND, certain=False),
        Conflict(date(2026, 3, 26), ConflictKind.HALF_DAY),
    )


def test_an_ordinary_week_has_no_conflict() -> None:
    sunday, tuesday = date(2026, 4, 5), date(2026, 4, 7)

    found = conflicts(a_calendar(), sunday, tuesday)

    assert found == ()


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    first, last = date(2026, 4, 5), date(2026, 4, 4)

    with pytest.raises(ValueError, match="before the first"):
        conflicts(a_calendar(), first, last)
