"""Cells that hold a day; for some a year alone is enough."""

import re
from datetime import date

from .folding import with_ascii_digits, without_invisible
from .rows import Fault

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
YEAR = re.compile(r"\d{4}")
FIRST_YEAR, LAST_YEAR = 1900, 2200
NOT_A_DAY = Fault("day-not-usable", "This is not a date of the form 2010-03-31.")
NOT_A_DAY_OR_YEAR = Fault(
    "date-not-usable", "This is not a date of the form 2010-03-31, nor a year."
)


def day_or_year(text: str) -> date | Fault:
    """A day as ISO writes it; of a year alone, the first."""
    written = _plain(text)
    found = day(f"{written}-01-01" if YEAR.fullmatch(written) else written)
    return NOT_A_DAY_OR_YEAR if isinstance(found, Fault) else found


def day(text: str) -> date | Fault:
    """A day as ISO writes it."""
    written = _plain(text)
    found = DAY.fullmatch(written)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return NOT_A_DAY
    try:
        return date.fromisoformat(written)
    except ValueError:
        return NOT_A_DAY


def _plain(text: str) -> str:
    return with_ascii_digits(without_invisible(text)).strip()
