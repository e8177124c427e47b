"""The records of a CSV text with the row numbers a spreadsheet shows, and the delimiter it uses."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import count

from .folding import is_blank
from .headings import recognised
from .rows import Fault

DELIMITERS = (",", ";", "\t")
SEPARATOR_LINE = "sep="

QUOTE_NOT_CLOSED = Fault(
    "quote-not-closed",
    "A quotation mark opens in this row and is never closed; nothing after it could be read.",
)
CELL_TOO_LONG = Fault(
    "cell-too-long", "A cell of this row is too long; is a quotation mark not closed?"
)
ROW_UNREADABLE = Fault(
    "row-unreadable",
    "The quotation marks of this row do not pair up; a mark inside a cell is written twice.",
)


@dataclass(frozen=True)
class Record:
    """`row` counts as the spreadsheet does: from 1, empty rows too, a quoted line break not."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Unreadable:
    row: int
    fault: Fault


def records_of(text: str, delimiter: str) -> Iterator[Record | Unreadable]:
    """Every record that is not empty, in order; reading goes on after one that is unreadable."""
    lines = StringIO(without_separator_line(text), newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for row in count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(row, fault_of(error))
            continue
        if not all(is_blank(cell) for cell in cells):
            yield Record(row, tuple(cells))


def delimiter_of(text: str) -> str:
    """The delimiter with which the first record gives most known headings, then most cells.

    One that leaves nothing at all of the file is the delimiter of an empty one."""
    return max(DELIMITERS, key=lambda delimiter: yield_of(text, delimiter))


def yield_of(text: str, delimiter: str) -> tuple[int, int]:
    first = next(records_of(text, delimiter), None)
    if first is None:
        return 0, len(text) + 1
    return (recognised(first.cells), len(first.cells)) if isinstance(first, Record) else (0, 0)


def without_separator_line(text: str) -> str:
    """Without the line "sep=;" that spreadsheets take as an instruction and do not show."""
    first, _, rest = text.partition("\n")
    return rest if first.lower().startswith(SEPARATOR_LINE) and len(first.strip()) <= 5 else text


def fault_of(error: csv.Error) -> Fault:
    if "field limit" in str(error):
        return CELL_TOO_LONG
    return QUOTE_NOT_CLOSED if "end of data" in str(error) else ROW_UNREADABLE
