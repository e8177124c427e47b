"""The records of a CSV text with the row numbers a spreadsheet shows, and the delimiter it uses."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain, count

from .folding import is_blank
from .headings import recognised
from .rows import Fault

DELIMITERS = (",", ";", "\t")
SEPARATOR_LINE = "sep="
MOST_COLUMNS = 100

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
    """`row` counts as the spreadsheet does: from 1, empty rows too, a quoted line break not.

    `faults` are of cells by their place, `fault` of the whole row. A workbook does not write empty
    cells at the end of a row: then the record is `padded`, and none is missing."""

    row: int
    cells: tuple[str, ...]
    faults: Mapping[int, Fault] = field(default_factory=dict)
    fault: Fault | None = None
    padded: bool = False


@dataclass(frozen=True)
class Unreadable:
    """A row that can not be read, or what is wrong with some of them, up to the last."""

    row: int
    fault: Fault
    until: int | None = None


def records_of(lines: Iterable[str], delimiter: str) -> Iterator[Record | Unreadable]:
    """Every record that is not empty, in order; reading goes on after one that is unreadable."""
    reader = csv.reader(without_separator_line(lines), delimiter=delimiter, strict=True)
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


def delimiter_of(beginning: str) -> str:
    """The delimiter with which the first record gives most known headings, then most cells.

    One that leaves nothing at all of the file is the delimiter of an empty one."""
    return max(DELIMITERS, key=lambda delimiter: yield_of(beginning, delimiter))


def yield_of(text: str, delimiter: str) -> tuple[int, int]:
    first = next(records_of(StringIO(text, newline=""), delimiter), None)
    if first is None:
        return 0, len(text) + 1
    return (recognised(first.cells), len(first.cells)) if isinstance(first, Record) else (0, 0)


def without_separator_line(lines: Iterable[str]) -> Iterator[str]:
    """Without the line "sep=;" that spreadsheets take as an instruction and do not show."""
    rest = iter(lines)
    first = next(rest, "")
    if first.lower().startswith(SEPARATOR_LINE) and len(first.strip()) <= 5:
        return rest
    return chain([first] if first else [], rest)


def fault_of(error: csv.Error) -> Fault:
    if "field limit" in str(error):
        return CELL_TOO_LONG
    return QUOTE_NOT_CLOSED if "end of data" in str(error) else ROW_UNREADABLE
