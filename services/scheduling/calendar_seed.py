"""First values of a country's calendar; people edit them afterwards and theirs win.

Weekends come from our own dated table, because the libraries disagree with one another.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any

import holidays
from holidays.groups.islamic import IslamicHolidays

from shared.calendar import HalfDays, Holiday, OfficeHours, Ramadan, Weekend, WorkingCalendar

_LANGUAGES = ("ar", "en", "fr", "es")
_THURSDAY_FRIDAY = frozenset({4, 5})
_FRIDAY_SATURDAY = frozenset({5, 6})
_SATURDAY_SUNDAY = frozenset({6, 7})

WEEKENDS = {
    "AE": (
        Weekend(date.min, _FRIDAY_SATURDAY),
        Weekend(date(2022, 1, 1), _SATURDAY_SUNDAY),
    ),
    "DZ": (
        Weekend(date.min, _THURSDAY_FRIDAY),
        Weekend(date(2009, 8, 14), _FRIDAY_SATURDAY),  # décret exécutif 09-244
    ),
    "EG": (Weekend(date.min, _FRIDAY_SATURDAY),),
    "IQ": (Weekend(date.min, _FRIDAY_SATURDAY),),
    "JO": (Weekend(date.min, _FRIDAY_SATURDAY),),
    "LB": (Weekend(date.min, _SATURDAY_SUNDAY),),
    "LY": (Weekend(date.min, _FRIDAY_SATURDAY),),
    "MA": (Weekend(date.min, _SATURDAY_SUNDAY),),
    "PS": (Weekend(date.min, _FRIDAY_SATURDAY, confirmed=False),),
    "QA": (Weekend(date.min, _FRIDAY_SATURDAY),),
    "TN": (Weekend(date.min, _SATURDAY_SUNDAY),),
}
HALF_DAYS = {"AE": (HalfDays(date(2022, 1, 1), None, time(12), weekday=5),)}
# Public sector: Morocco, order 05.1899 of 2005; Palestine, as announced in 2019 and 2024.
RAMADAN_HOURS = {
    "MA": OfficeHours(time(9), time(15)),
    "PS": OfficeHours(time(9), time(14)),
}


class CountryIsNotKnown(LookupError):
    """No library holidays for this code; begin with an empty calendar."""


def seed_calendar(country: str, years: range) -> WorkingCalendar:
    """Calendar of an ISO 3166-1 alpha-2 country for those years; raises `CountryIsNotKnown`."""
    if country not in holidays.list_supported_countries():
        raise CountryIsNotKnown(country)
    return WorkingCalendar(
        weekends=WEEKENDS.get(country) or _weekend_of_library(country),
        half_days=HALF_DAYS.get(country, ()),
        holidays=tuple(_holidays(country, years)),
        ramadans=tuple(_ramadans(country, years)),
    )


def _weekend_of_library(country: str) -> tuple[Weekend, ...]:
    """The library counts Monday as 0, and its word is not confirmed."""
    days = frozenset(day + 1 for day in holidays.country_holidays(country).weekend)
    return (Weekend(date.min, days, confirmed=False),)


def _holidays(country: str, years: range) -> Iterator[Holiday]:
    """Two readings, with and without the library's mark: where they differ the day is estimated."""
    plain = holidays.country_holidays(country)
    moon = isinstance(plain, IslamicHolidays)
    readings: list[dict[str, Any]] = [
        {"islamic_show_estimated": shown} if moon else {} for shown in (True, False)
    ]
    names: dict[date, dict[str, str]] = {}
    estimated: set[date] = set()
    for language, locale in _locales(plain):
        marked, bare = (
            holidays.country_holidays(country, years=years, language=locale, **reading)
            for reading in readings
        )
        for day, name in bare.items():
            names.setdefault(day, {})[language] = name
        estimated |= {day for day, name in marked.items() if name != bare.get(day)}
    for day in sorted(names):
        if day.year in years:
            yield Holiday(day, names[day], day in estimated)


def _locales(plain: holidays.HolidayBase) -> Iterable[tuple[str, str | None]]:
    """Those of our languages the library has for the country, else the country's own."""
    offered = {locale.partition("_")[0]: locale for locale in reversed(plain.supported_languages)}
    ours = [(language, offered[language]) for language in _LANGUAGES if language in offered]
    own = plain.default_language
    return ours or [(own.replace("_", "-") if own else "en", own)]


def _ramadans(country: str, years: range) -> Iterator[Ramadan]:
    """From its first day to the eve of Eid al-Fitr, as the library computes both."""
    plain = holidays.country_holidays(country)
    if not isinstance(plain, IslamicHolidays):
        return
    moon = plain._islamic_calendar
    begins = dict(pair for year in years for pair in moon.ramadan_beginning_dates(year))
    eids = sorted(day for year in (*years, years.stop) for day, _ in moon.eid_al_fitr_dates(year))
    for first, estimated in sorted(begins.items()):
        eid = next((day for day in eids if day > first), None)
        if eid is not None and (first.year in years or eid.year in years):
            last = eid - timedelta(days=1)
            yield Ramadan(first, last, estimated, RAMADAN_HOURS.get(country))
