"""Cells that hold a day; for some a year alone is enough."""

import re
from datetime import date

from .folding import with_ascii_digits, without_invisible
from .rows import Fault
from .written_days import HIJRI, read_figures

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
YEAR = re.compile(r"\d{4}")
FIRST_YEAR, LAST_YEAR = 1900, 2200
NOT_A_DAY = Fault("day-not-usable", "This is not a date of the form 2010-03-31 or 31/03/2010.")
NOT_A_DAY_OR_YEAR = Fault(
    "date-not-usable", "This is not a date of the form 2010-03-31 or 31/03/2010, nor a year."
)
TWO_WAYS = Fault("date-ambiguous", "This date can be read two ways: write it as 2010-03-31.")


def day_or_year(text: str) -> date | Fault:
    """A day as ISO writes it; of a year alone, the first."""
    written = _plain(text)
    found = day(f"{written}-01-01" if YEAR.fullmatch(written) else written)
    return NOT_A_DAY_OR_YEAR if found is NOT_A_DAY else found


def day(text: str) -> date | Fault:
    """A day as ISO writes it, or in figures with the day or the month first, where it can be read
    in one way only."""
    written = _plain(text)
    found = DAY.fullmatch(written)
    if not found:
        return _in_figures(written)
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return NOT_A_DAY
    try:
        return date.fromisoformat(written)
    except ValueError:
        return NOT_A_DAY


def _in_figures(written: str) -> date | Fault:
    read = read_figures(written)
    if read is None or isinstance(read, Fault):
        return HIJRI if read is HIJRI else NOT_A_DAY
    return read.only or TWO_WAYS


def _plain(text: str) -> str:
    return with_ascii_digits(without_invisible(text)).strip()
