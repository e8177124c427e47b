"""Dates, numbers, languages as pages write them; English is British: day before month, 24 h."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_interval,
    format_time,
    get_datetime_format,
    get_timezone_location,
)
from babel.numbers import format_decimal

from shared.contracts.event import Language

DAY_IN_SHORT = "d MMM y"
DAYS_IN_SHORT = "yMMMd"


def written_in(language: Language) -> Mapping[str, Callable[[Any], str]]:
    """How a language writes them, by the names that templates use."""
    locale = "en_GB" if language == "en" else language
    ways: Mapping[str, Callable[..., str]] = {
        "day": partial(format_date, format="full"),
        "short_day": partial(format_date, format=DAY_IN_SHORT),
        "short_days": short_days,
        "moment": moment,
        "clock": partial(format_time, format="short"),
        "city": partial(get_timezone_location, return_city=True),
        "number": format_decimal,
        "tongue": tongue,
    }
    return {name: partial(way, locale=locale) for name, way in ways.items()}


def tongue(tag: str, locale: str) -> str:
    """The name of a language by its BCP 47 tag; the tag where there is no name."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def short_days(days: tuple[date, date], locale: str) -> str:
    """The first and the last day of something, what they share said once."""
    first, last = days
    return str(format_interval(first, last, DAYS_IN_SHORT, locale=locale))


def moment(value: datetime, locale: str) -> str:
    """A day and a time of day, to the minute."""
    day = format_date(value, DAY_IN_SHORT, locale=locale)
    clock = format_time(time(value.hour, value.minute), "short", locale=locale)
    together = str(get_datetime_format("medium", locale=locale))
    return together.replace("{1}", day).replace("{0}", clock)
