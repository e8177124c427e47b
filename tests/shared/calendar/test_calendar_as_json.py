"""A working calendar survives the way through an event and a JSON column."""

import json
from datetime import date, time
from typing import Any

import pytest

from shared.calendar import (
    MONDAY_TO_FRIDAY,
    CalendarIsMalformed,
    HalfDays,
    Holiday,
    OfficeHours,
    Ramadan,
    Weekend,
    WorkingCalendar,
)


def a_full_calendar() -> WorkingCalendar:
    return WorkingCalendar(
        weekends=(Weekend(date(2022, 1, 1), frozenset({6, 7}), confirmed=False),),
        half_days=(
            HalfDays(date(2022, 1, 1), None, time(12), weekday=5),
            HalfDays(date(2026, 12, 24), date(2026, 12, 24), time(13, 30)),
        ),
        holidays=(Holiday(date(2026, 3, 20), {"ar": "عيد الفطر", "en": "Eid"}, estimated=True),),
        ramadans=(
            Ramadan(date(2026, 2, 18), date(2026, 3, 19), True, OfficeHours(time(9), time(15))),
            Ramadan(date(2025, 3, 1), date(2025, 3, 29), estimated=False),
        ),
    )


@pytest.mark.parametrize("calendar", [a_full_calendar(), MONDAY_TO_FRIDAY, WorkingCalendar()])
def test_what_is_written_is_read_back_equal(calendar: WorkingCalendar) -> None:
    written = json.dumps(calendar.to_json())

    read = WorkingCalendar.from_json(json.loads(written))

    assert read == calendar


def test_a_field_of_a_later_version_is_ignored() -> None:
    written = a_full_calendar().to_json() | {"later": 1}
    written["holidays"][0]["later"] = 1

    read = WorkingCalendar.from_json(written)

    assert read == a_full_calendar()


@pytest.mark.parametrize(
    "written",
    [
        [],
        {"weekends": [{"starts": "2022-01-01", "days": [0]}]},
        {"weekends": [{"starts": "2022-01-01", "days": [1, 2, 3, 4, 5, 6, 7]}]},
        {"weekends": [{"starts": "soon", "days": [6, 7]}]},
        {"holidays": [{"names": {}}]},
        {"holidays": 5},
        {"half_days": [{"first": "2022-01-01", "until": "noon"}]},
        {"ramadans": [{"first": "2026-03-19", "last": "2026-02-18"}]},
    ],
)
def test_what_is_no_calendar_is_refused_by_name(written: Any) -> None:
    with pytest.raises(CalendarIsMalformed):
        WorkingCalendar.from_json(written)
