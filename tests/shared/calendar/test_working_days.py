"""Working days are counted in the week of the country, not of the server."""

from datetime import date, time

import pytest

from shared.calendar import (
    MONDAY_TO_FRIDAY,
    HalfDays,
    Holiday,
    OfficeHours,
    Ramadan,
    Weekend,
    WorkingCalendar,
    closes_early,
    is_working_day,
    working_days_after,
    working_days_before,
)

FRIDAY_SATURDAY = frozenset({5, 6})
SATURDAY_SUNDAY = frozenset({6, 7})
AMMAN_COURSE = [date(2018, 6, day) for day in range(24, 29)]


def jordan() -> WorkingCalendar:
    return WorkingCalendar(weekends=(Weekend(date.min, FRIDAY_SATURDAY),))


def emirates() -> WorkingCalendar:
    return WorkingCalendar(
        weekends=(
            Weekend(date(2022, 1, 1), SATURDAY_SUNDAY),
            Weekend(date(2006, 9, 1), FRIDAY_SATURDAY),
        ),
        half_days=(HalfDays(date(2022, 1, 1), None, time(12), weekday=5),),
    )


def test_the_amman_course_ran_on_five_working_days_of_jordan() -> None:
    calendar = jordan()

    working = [is_working_day(calendar, day) for day in AMMAN_COURSE]

    assert working == [True] * 5
    assert not is_working_day(MONDAY_TO_FRIDAY, AMMAN_COURSE[0])


def test_a_weekend_counts_from_the_day_it_was_moved() -> None:
    calendar = emirates()

    friday_before, friday_after = date(2021, 12, 31), date(2022, 1, 7)
    sunday_before, sunday_after = date(2021, 12, 26), date(2022, 1, 2)

    assert not is_working_day(calendar, friday_before)
    assert is_working_day(calendar, friday_after)
    assert is_working_day(calendar, sunday_before)
    assert not is_working_day(calendar, sunday_after)


def test_three_working_days_before_a_course_skip_the_weekend_and_a_holiday() -> None:
    thursday_off = Holiday(date(2018, 6, 21), {"en": "a holiday"})
    calendar = WorkingCalendar(jordan().weekends, holidays=(thursday_off,))

    reminder = working_days_before(calendar, AMMAN_COURSE[0], 3)

    assert reminder == date(2018, 6, 18)
    assert working_days_before(MONDAY_TO_FRIDAY, AMMAN_COURSE[0], 3) == date(2018, 6, 20)


def test_the_day_itself_is_never_counted() -> None:
    thursday, sunday = date(2018, 6, 21), date(2018, 6, 24)

    forward = working_days_after(jordan(), thursday, 1)
    back = working_days_before(jordan(), sunday, 1)
    nowhere = working_days_before(jordan(), date(2018, 6, 22), 0)

    assert (forward, back, nowhere) == (sunday, thursday, date(2018, 6, 22))


def test_counting_back_undoes_counting_on_and_takes_no_sign() -> None:
    calendar, sunday = jordan(), date(2018, 6, 24)

    there = working_days_after(calendar, sunday, 7)

    assert working_days_before(calendar, there, 7) == sunday
    with pytest.raises(ValueError, match="not negative"):
        working_days_after(calendar, sunday, -1)


def test_without_any_rule_saturday_and_sunday_are_free() -> None:
    calendar = WorkingCalendar()

    week = [is_working_day(calendar, date(2026, 3, day)) for day in range(2, 9)]

    assert week == [True] * 5 + [False] * 2


def test_offices_close_early_on_half_days_and_in_ramadan() -> None:
    hours = OfficeHours(time(9), time(15))
    calendar = WorkingCalendar(
        weekends=emirates().weekends,
        half_days=emirates().half_days,
        ramadans=(Ramadan(date(2026, 2, 18), date(2026, 3, 19), hours=hours),),
    )

    friday, monday, saturday = date(2026, 2, 20), date(2026, 2, 23), date(2026, 2, 21)

    assert closes_early(calendar, friday) == time(12)
    assert closes_early(calendar, monday) == time(15)
    assert closes_early(calendar, saturday) is None
    assert closes_early(calendar, date(2026, 4, 6)) is None
