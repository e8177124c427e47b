"""Dates, times and numbers as the reader's country writes them: the only module that formats."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

_ARABIC_INDIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WITHOUT_COUNTRY: Final = {"en": "en_GB"}
_BEFORE_A_TIME: Final = {"ar": "، الساعة ", "en": " at ", "es": " a las ", "fr": " à "}


@dataclass(frozen=True)
class PlannedMoment:
    """A planned point in time: the clock on the wall (naive) and its IANA zone."""

    local: datetime
    zone: str

    def offset(self) -> timedelta:
        """Distance from UTC at that moment. Raises ZoneInfoNotFoundError."""
        return self.local.replace(tzinfo=ZoneInfo(self.zone)).utcoffset() or timedelta()


@dataclass(frozen=True)
class PlannedDays:
    """First and last day of an activity."""

    first: date
    last: date


def locale_of(language: str, country: str | None) -> Locale:
    """The locale of a language in a country; the language's own where that pair is not known.

    English without a known country is British: day before month.
    """
    try:
        return Locale.parse(f"{language}_{country or '?'}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_WITHOUT_COUNTRY.get(language, language))


def number(count: int, locale: Locale) -> str:
    """A whole number with the country's digits and grouping."""
    return _digits(format_decimal(count, locale=locale, numbering_system="default"), locale)


def moment(planned: PlannedMoment, locale: Locale) -> str:
    """Weekday, date, time and distance from UTC.

    The zone is not called by its city, which would give the place of a discreet activity away.
    """
    day = format_date(planned.local, "full", locale=locale)
    time = format_time(planned.local, _clock(locale), locale=locale)
    written = f"{day}{_before(time, locale)}{time} ({_distance_from_utc(planned, locale)})"
    return _digits(written, locale)


def moment_in_short(planned: PlannedMoment, locale: Locale) -> str:
    """As `moment`, for an SMS: no weekday, no year, the fewest characters.

    Not by skeleton: Babel takes those from the language and forgets the country's month names.
    """
    day = format_date(planned.local, "d MMM", locale=locale)
    time = format_time(planned.local, _clock(locale), locale=locale)
    return _digits(f"{day} {time} {_distance_from_utc(planned, locale)}", locale)


def days(planned: PlannedDays, locale: Locale) -> str:
    """One day, or first and last day."""
    first = format_date(planned.first, "long", locale=locale)
    last = format_date(planned.last, "long", locale=locale)
    return _digits(first if first == last else f"{first} – {last}", locale)


def plural_form(count: int, forms: dict[str, str], locale: Locale) -> str:
    """The form that the language's plural rule asks for; `zero` also where the rule has none."""
    if count == 0 and "zero" in forms:
        return forms["zero"]
    return forms.get(str(locale.plural_form(count)), forms["other"])


def _before(time: str, locale: Locale) -> str:
    """How a sentence goes on from a day to a time; Spanish counts one o'clock alone."""
    if locale.language == "es" and time.startswith("1:"):
        return " a la "
    return _BEFORE_A_TIME[locale.language]


def _clock(locale: Locale) -> str:
    """French counts to 24 in every country; CLDR gives Algeria and Tunisia the hours of Arabic."""
    return "HH:mm" if locale.language == "fr" else "short"


def _distance_from_utc(planned: PlannedMoment, locale: Locale) -> str:
    minutes = int(planned.offset().total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    distance = f"{sign}{hours}:{rest:02}" if rest else f"{sign}{hours}"
    return str(locale.zone_formats["gmt"]) % distance


def _digits(written: str, locale: Locale) -> str:
    """Babel writes Western digits everywhere; the country decides."""
    return (
        written.translate(_ARABIC_INDIC) if locale.default_numbering_system == "arab" else written
    )
