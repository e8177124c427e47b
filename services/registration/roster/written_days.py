"""A day as people write it in a cell. What may mean two days is read both ways, never guessed."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .folding import (
    folded,
    is_blank,
    with_ascii_digits,
    without_invisible,
)
from .months import hijri_words, month_words, words_around
from .rows import Fault

Order = Literal["day-first", "month-first"]
NOT_A_DATE = Fault(
    "date-not-readable",
    "This is not a date we can read: write 2018-06-28, 28/06/2018, June 2018 or 2018.",
)
HIJRI = Fault(
    "date-is-hijri",
    "This is a date of the Hijri calendar, which may differ by a day from country to country: "
    "write the Gregorian date.",
)
EARLIEST, FIRST_SERIAL, LAST_SERIAL = 1950, 18264, 73050
SERIAL_ZERO = date(1899, 12, 30)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d.*)?")
NUMBERS = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:\s\d{1,2}:.*)?")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
BETWEEN = re.compile(r"\s+(?:-|–|—|to|au|al|a|à|إلى|الى|until)\s+|\s*[–—]\s*")
WORDS = re.compile(r"\d+|[^\W\d]+")


@dataclass(frozen=True)
class Written:
    """The day that is meant if days come first, and if months do; both the same where it is sure,
    None where it can not be. Of a time of several days it is the last."""

    day_first: date | None
    month_first: date | None

    @property
    def is_sure(self) -> bool:
        return self.day_first == self.month_first

    @property
    def only(self) -> date | None:
        """The day, where it can be read in one way only."""
        ways = {self.day_first, self.month_first} - {None}
        return ways.pop() if len(ways) == 1 else None

    def by(self, order: Order) -> date | None:
        return self.day_first if order == "day-first" else self.month_first


@dataclass(frozen=True)
class Evidence:
    """What the dates of a column say together: how many can only be read one way, or either."""

    day_first: int
    month_first: int
    either: int

    def __add__(self, other: "Evidence") -> "Evidence":
        """What the cells of both say."""
        return Evidence(
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.either + other.either,
        )

    @property
    def order(self) -> Order | None:
        """None: nothing tells, or the cells contradict one another."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "day-first" if self.day_first else "month-first"


def read_date(text: str) -> Written | Fault:
    """What stands in a cell."""
    plain = with_ascii_digits(without_invisible(text)).strip().rstrip(".")
    if any(word in hijri_words() for word in WORDS.findall(folded(plain))):
        return HIJRI
    whole = _one(plain)
    if whole is not None:
        return whole
    parts = [_one(part) for part in BETWEEN.split(plain)]
    if len(parts) == 2 and isinstance(parts[0], Written) and isinstance(parts[1], Written):
        return _until(parts[0], parts[1])
    return _in_words(plain) or NOT_A_DATE


def read_figures(text: str) -> Written | Fault | None:
    """A day written as 31/12/2026, 31.12.2026 or 31-12-2026; None where it is not."""
    found = NUMBERS.fullmatch(text)
    if not found or len(found[3]) < len("2026"):
        return None
    return _either(int(found[1]), int(found[2]), int(found[3]))


def evidence_of(cells: Iterable[str]) -> Evidence:
    """What the cells of a column say of the order in which its dates are written."""
    found = [one for cell in cells if not is_blank(cell) for one in [read_date(cell)]]
    dates = [one for one in found if isinstance(one, Written) and not one.is_sure]
    return Evidence(
        sum(one.month_first is None for one in dates),
        sum(one.day_first is None for one in dates),
        sum(None not in (one.day_first, one.month_first) for one in dates),
    )


def _one(text: str) -> Written | Fault | None:
    """A single day in figures; None where it is not."""
    if text.isdecimal() and len(text) == 4:
        return _sure(int(text), 12, 31)
    if found := SERIAL.fullmatch(text):
        serial = int(found[1])
        if FIRST_SERIAL <= serial <= LAST_SERIAL:
            day = SERIAL_ZERO + timedelta(days=serial)
            return Written(day, day)
        return None
    if found := YEAR_FIRST.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return _sure(year, month, int(found[3]) if found[3] else None)
    if found := MONTH_AND_YEAR.fullmatch(text):
        return _sure(int(found[2]), int(found[1]), None)
    if found := NUMBERS.fullmatch(text):
        return _either(int(found[1]), int(found[2]), _year(found[3]))
    return None


def _either(first: int, second: int, year: int) -> Written | Fault:
    if _is_hijri(year):
        return HIJRI
    read = Written(_day(year, second, first), _day(year, first, second))
    return NOT_A_DATE if read == Written(None, None) else read


def _sure(year: int, month: int, day: int | None) -> Written | Fault:
    if _is_hijri(year):
        return HIJRI
    found = _day(year, month, day)
    return Written(found, found) if found else NOT_A_DATE


def _day(year: int, month: int, day: int | None) -> date | None:
    """A day, the last of its month where none is given; None where there is no such day."""
    if not (EARLIEST <= year <= 9999 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    day = last if day is None else day
    return date(year, month, day) if 1 <= day <= last else None


def _until(first: Written, last: Written) -> Written:
    """A time of several days: both ends are written in one order."""
    return Written(
        last.day_first if first.day_first else None,
        last.month_first if first.month_first else None,
    )


def _in_words(text: str) -> Written | Fault | None:
    """A day whose month is a word: 24–28 June 2018, du 24 au 28 juin 2018, Jun-18."""
    figures: list[tuple[int, str]] = []
    months: list[tuple[int, int]] = []
    for place, word in enumerate(_joined(WORDS.findall(folded(text)))):
        if word.isdecimal():
            figures.append((place, word))
        elif word in month_words():
            months.append((place, month_words()[word]))
        elif word not in words_around():
            return None
    if not months or not figures:
        return None
    years = [one for one in figures if len(one[1]) == 4]
    after = [one for one in figures if one[0] > months[-1][0]]
    year = (years or after)[-1:]
    days = [int(word) for place, word in figures if (place, word) not in years + year]
    if not year or any(not 1 <= day <= 31 for day in days):
        return None
    return _sure(_year(year[0][1]), months[-1][1], days[-1] if days else None)


def _joined(words: Sequence[str]) -> list[str]:
    """With the months of two words, such as كانون الثاني, as one."""
    joined: list[str] = []
    for word in words:
        if joined and f"{joined[-1]} {word}" in month_words():
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _year(text: str) -> int:
    """Of two figures: the years around now."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _is_hijri(year: int) -> bool:
    return 1300 <= year <= 1500
