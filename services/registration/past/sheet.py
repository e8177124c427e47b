"""A file of past participations as headings and rows, whatever stands above the headings."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from ..imports.limits import MOST_ROWS
from ..roster.folding import folded, is_blank
from ..roster.header import without_blank_end
from ..roster.opening import open_file
from ..roster.records import MOST_COLUMNS, Record, Unreadable
from ..roster.rows import Fault, RowProblem
from ..roster.workbook.unreadable import CannotBeRead
from ..roster.written_days import read_date
from .guessing import recognised

ROWS_ABOVE = 10

EMPTY = Fault("file-empty", "The file holds no rows below a header.")
NO_HEADER = Fault(
    "header-missing",
    "The first row holds no headings. Write one that says what each column holds, in any words.",
)
TOO_MANY_ROWS = Fault(
    "too-many-rows", f"The file holds more than {MOST_ROWS} rows; the rest was not read."
)
TOO_MANY_COLUMNS = Fault("too-many-columns", f"The header has more than {MOST_COLUMNS} columns.")


class PastSheet:
    """A file being read, one row after another; `problems` are those of the file as a whole.

    A row that could not be read holds nothing but its fault. The headings are those of the first
    rows in which we know the most."""

    def __init__(self, file: BinaryIO) -> None:
        self.problems: list[RowProblem] = []
        self.headings: tuple[str, ...] = ()
        self.total = 0
        self._below: Iterator[Record | Unreadable] = iter(())
        try:
            opened = open_file(file)
            self.total = opened.total
            fault = self._begin(opened.records)
        except CannotBeRead as reason:
            fault = reason.fault
        if fault:
            self._note(fault)

    def __iter__(self) -> Iterator[Record]:
        taken = 0
        try:
            for one in self._below:
                if isinstance(one, Unreadable) and one.until is not None:
                    self._note(one.fault, one.row)
                elif taken == MOST_ROWS:
                    self._note(TOO_MANY_ROWS)
                    return
                else:
                    taken += 1
                    yield one if isinstance(one, Record) else Record(one.row, (), fault=one.fault)
        except CannotBeRead as reason:
            self._note(reason.fault)
        if not taken and not self.problems:
            self._note(EMPTY)

    def _begin(self, records: Iterator[Record | Unreadable]) -> Fault | None:
        first = list(islice(records, ROWS_ABOVE))
        whole = [one for one in first if isinstance(one, Record)]
        if not whole:
            return EMPTY
        header = max(whole, key=lambda one: recognised(one.cells))
        if not recognised(header.cells):
            header = whole[0]
            if any(map(_is_no_heading, header.cells)):
                return NO_HEADER
        headings = tuple(without_blank_end(header.cells))
        if len(headings) > MOST_COLUMNS:
            return TOO_MANY_COLUMNS
        self.headings = headings
        self._below = chain(first[first.index(header) + 1 :], records)
        return None

    def _note(self, fault: Fault, row: int = 0) -> None:
        self.problems.append(fault.at(row))


def columns_of(width: int, rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The cells of rows by column; a row that is too short has none there."""
    kept = list(rows)
    return [[row[at] for row in kept if at < len(row)] for at in range(width)]


def _is_no_heading(cell: str) -> bool:
    """Whether a cell is a date or has figures in it, as those of officers and courses do."""
    return not is_blank(cell) and (
        not isinstance(read_date(cell), Fault) or any(one.isdecimal() for one in folded(cell))
    )
