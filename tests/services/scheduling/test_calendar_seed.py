"""First calendars: our own weekends, the library's holidays, Ramadan up to the eve of Eid."""

from datetime import date, time, timedelta

import pytest

from services.scheduling.calendar_seed import CountryIsNotKnown, seed_calendar
from shared.calendar import WorkingCalendar, closes_early, is_working_day

COUNTRIES_OF_THE_AMMAN_COURSE = ["DZ", "EG", "IQ", "JO", "MA", "PS", "QA", "TN", "AE"]


@pytest.mark.parametrize("country", COUNTRIES_OF_THE_AMMAN_COURSE)
def test_every_country_of_the_course_gets_names_in_arabic_and_english(country: str) -> None:
    years = range(2018, 2019)

    calendar = seed_calendar(country, years)

    assert len(calendar.holidays) > 5
    assert {holiday.day.year for holiday in calendar.holidays} == {2018}
    assert all({"ar", "en"} <= set(holiday.names) for holiday in calendar.holidays)
    assert WorkingCalendar.from_json(calendar.to_json()) == calendar


@pytest.mark.parametrize(
    ("country", "day", "working"),
    [
        ("DZ", date(2009, 8, 8), True),  # a Saturday before the change
        ("DZ", date(2009, 8, 15), False),  # and the one after it
        ("JO", date(2018, 6, 24), True),
        ("MA", date(2018, 6, 24), False),
        ("AE", date(2021, 12, 31), False),
        ("AE", date(2022, 1, 7), True),
        ("AE", date(2022, 1, 9), False),
        ("LY", date(2026, 4, 5), True),
    ],
)
def test_weekends_are_our_own_dated_data(country: str, day: date, working: bool) -> None:
    calendar = seed_calendar(country, range(2009, 2027))

    answer = is_working_day(calendar, day)

    assert answer is working


def test_friday_is_half_a_day_in_the_emirates() -> None:
    calendar = seed_calendar("AE", range(2026, 2027))

    friday = date(2026, 4, 17)

    assert closes_early(calendar, friday) == time(12)


def test_what_sources_disagree_on_is_left_to_confirm() -> None:
    today = date(2026, 4, 5)

    palestine, jordan, spain = (
        seed_calendar(country, range(2026, 2027)).weekend_on(today)
        for country in ("PS", "JO", "ES")
    )

    assert (palestine.days, palestine.confirmed) == (frozenset({5, 6}), False)
    assert (jordan.days, jordan.confirmed) == (frozenset({5, 6}), True)
    assert (spain.days, spain.confirmed) == (frozenset({6, 7}), False)


@pytest.mark.parametrize("country", ["JO", "PS"])
def test_moon_dependent_days_are_estimated_and_their_names_are_clean(country: str) -> None:
    calendar = seed_calendar(country, range(2026, 2027))

    eid = next(h for h in calendar.holidays if h.day == date(2026, 3, 20))
    new_year = next(h for h in calendar.holidays if h.day == date(2026, 1, 1))

    assert eid.estimated
    assert not new_year.estimated
    assert not any("estimated" in holiday.names["en"] for holiday in calendar.holidays)


def test_ramadan_lasts_until_the_eve_of_eid_and_shortens_the_day_where_known() -> None:
    years = range(2017, 2031)

    morocco, jordan = (seed_calendar(country, years) for country in ("MA", "JO"))

    of_2026 = morocco.ramadan_on(date(2026, 3, 2))
    assert of_2026 is not None
    assert (of_2026.first, of_2026.last) == (date(2026, 2, 18), date(2026, 3, 19))
    assert closes_early(morocco, date(2026, 3, 2)) == time(15)
    assert closes_early(jordan, date(2026, 3, 2)) is None
    for ramadan in (*morocco.ramadans, *jordan.ramadans):
        assert timedelta(days=28) <= ramadan.last - ramadan.first <= timedelta(days=29)


def test_the_second_ramadan_of_2030_is_not_lost() -> None:
    calendar = seed_calendar("JO", range(2030, 2031))

    january = calendar.ramadan_on(date(2030, 1, 15))
    december = calendar.ramadan_on(date(2030, 12, 28))

    assert january is not None
    assert december is not None


def test_a_country_without_islamic_holidays_is_seeded_without_ramadan() -> None:
    france = "FR"

    calendar = seed_calendar(france, range(2026, 2027))

    assert calendar.ramadans == ()
    assert {"en", "fr"} <= set(calendar.holidays[0].names)


@pytest.mark.parametrize("code", ["XX", "", "jo", "MISSION-7"])
def test_a_code_that_is_no_country_is_refused(code: str) -> None:
    with pytest.raises(CountryIsNotKnown):
        seed_calendar(code, range(2026, 2027))
