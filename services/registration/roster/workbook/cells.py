"""What stands in a cell of a workbook, as a text; or why it can not be taken as it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite

from ..records import CELL_TOO_LONG
from ..rows import Fault
from .strings import LONGEST_TEXT, Strings

FORMULA = Fault(
    "cell-is-a-formula", "The cell holds a formula. Copy the column and paste it as values."
)
ERROR = Fault("cell-shows-an-error", "The spreadsheet shows an error in this cell.")
DATE = Fault(
    "cell-is-a-date",
    "The spreadsheet has made a date of this cell. Format the column as text and enter it again.",
)
NOT_A_NUMBER = Fault("cell-unreadable", "The number in this cell can not be read. Enter it again.")
EXACT_UP_TO = 10**15


@dataclass(frozen=True)
class Meanings:
    """By what the cells of a workbook are read: its texts, its date formats, its calendar."""

    strings: Strings
    dates: frozenset[str]
    counts_from_1904: bool


@dataclass(frozen=True)
class Found:
    """The text of a cell; with a fault where the text alone would say something else."""

    text: str
    fault: Fault | None = None


def read_cell(kind: str, style: str, written: str, meanings: Meanings) -> Found:
    """A cell by its type (`t`), its format (`s`) and what is written in it."""
    if kind == "s":
        return _text(meanings.strings[int(written)] if written.isdecimal() else "")
    if kind in ("str", "inlineStr"):
        return _text(written)
    if kind == "b":
        return Found("TRUE" if written == "1" else "FALSE")
    if kind == "e":
        return Found(" ", ERROR)
    if kind == "d":
        return Found(written[:10], DATE)
    return _number(written, style, meanings)


def _text(text: str) -> Found:
    return Found(" ", CELL_TOO_LONG) if len(text) > LONGEST_TEXT else Found(text)


def _number(written: str, style: str, meanings: Meanings) -> Found:
    if not written:
        return Found("")
    try:
        number = float(written)
        if not isfinite(number):
            return Found(" ", NOT_A_NUMBER)
        if style in meanings.dates:
            return Found(_day(number, meanings), DATE)
    except (ValueError, OverflowError):
        return Found(" ", NOT_A_NUMBER)
    whole = number.is_integer() and abs(number) < EXACT_UP_TO
    return Found(str(int(number)) if whole else repr(number))


def _day(number: float, meanings: Meanings) -> str:
    """The day of a serial number; those of 1900 believe that there was a 29 February."""
    first = date(1904, 1, 1) if meanings.counts_from_1904 else date(1899, 12, 30)
    before_that_day = not meanings.counts_from_1904 and number < 60
    return (first + timedelta(days=int(number) + before_that_day)).isoformat()
