"""Dates and durations as a reader of that country expects them on paper."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.units import format_unit

_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def printed_date(day: date, locale: Locale) -> str:
    return _in_digits_of(locale, format_date(day, "long", locale))


def printed_span(first: date, last: date, locale: Locale) -> str:
    """`24–28 June 2018`, as short as it stays clear; the month in full, as one reads it aloud."""
    end = format_date(last, "long", locale)
    day_comes_first = locale.date_formats["long"].pattern.startswith("d")
    if first == last:
        span = end
    elif first.year != last.year or not day_comes_first:
        span = f"{format_date(first, 'long', locale)} – {end}"
    elif first.month != last.month:
        span = f"{format_skeleton('MMMMd', first, locale=locale)} – {end}"
    else:
        span = f"{first.day}–{end}"
    return _in_digits_of(locale, span)


def printed_moment(moment: datetime, zone: str, locale: Locale) -> str:
    """`10 May 2018, 16:00 (Asia/Amman)`, by the clock of the zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{printed_date(local.date(), locale)}, {local:%H:%M} ({zone})"


def printed_number(count: int | Decimal, locale: Locale) -> str:
    """With the digits its readers use."""
    return _in_digits_of(locale, str(count))


def printed_hours(hours: Decimal, locale: Locale) -> str:
    """`30 hours`, `٣٠ ساعة`; the unit in the plural form of the language."""
    written = format_unit(hours, "duration-hour", "long", locale=locale, numbering_system="default")
    return _in_digits_of(locale, written)


def _in_digits_of(locale: Locale, text: str) -> str:
    """Babel writes European digits for every locale; CLDR names those its readers use."""
    digits = _DIGITS.get(locale.default_numbering_system)
    return text.translate(str.maketrans("0123456789", digits)) if digits else text
