"""Reads a roster: bytes in, officers and every problem out, whatever the bytes are."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from .across_rows import compare_rows
from .folding import is_blank
from .header import Header, beginning, header_of
from .headings import DATES
from .officers import Cells, Nominating, officer_in
from .opening import Opened, open_file
from .records import MOST_COLUMNS, Record, Unreadable
from .rows import (
    Fault,
    Roster,
    RosterRow,
    RowProblem,
)
from .workbook.book import COLUMN_HIDDEN
from .workbook.cells import DATE
from .workbook.unreadable import CannotBeRead

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000

FILE_TOO_LARGE = Fault("file-too-large", "The file is larger than 5 MB.")
FILE_EMPTY = Fault("file-empty", "The file holds no rows.")
NO_OFFICERS = Fault("no-officers", "There are no officers below the header.")
TOO_MANY_COLUMNS = Fault("too-many-columns", f"The header has more than {MOST_COLUMNS} columns.")


def too_many_rows(most: int) -> Fault:
    return Fault(
        "too-many-rows", f"The file holds more than {most} officers; the rest was not read."
    )


class Reading:
    """A roster being read, one row after another: nothing of those before is held.

    `problems` are those of the file, of its header and of cells that are merged."""

    def __init__(self, file: BinaryIO, nominating: Nominating, most_rows: int = MOST_ROWS) -> None:
        self.problems: list[RowProblem] = []
        self.opened = Opened(iter(()), "", "", 0)
        self.header = Header(0, (), ())
        self._nominating, self._most_rows = nominating, most_rows
        self._records: Iterator[Record | Unreadable] = iter(())
        try:
            self._open(file)
        except CannotBeRead as reason:
            self.problems.append(reason.fault.at(0))

    @property
    def total(self) -> int:
        """About how many rows there are."""
        return self.opened.total

    def __iter__(self) -> Iterator[tuple[Cells, RosterRow | None]]:
        """The cells of each row under their columns, and the officer where all of them can be read;
        problems of the row stand with its cells. Never raises, never echoes a value."""
        taken = 0
        try:
            for record in self._records:
                if isinstance(record, Record) and taken == self._most_rows:
                    self.problems.append(too_many_rows(self._most_rows).at(0))
                    return
                taken += 1
                if isinstance(record, Unreadable) and record.until is not None:
                    self._note(record, record.until)
                    continue
                cells = self._laid_out(record)
                if not self._is_left_out(cells):
                    fits = cells.texts and not cells.problems
                    yield cells, officer_in(cells, self._nominating) if fits else None
        except CannotBeRead as reason:
            self.problems.append(reason.fault.at(0))
        if not taken and not self.problems:
            self.problems.append(NO_OFFICERS.at(0))

    def _open(self, file: BinaryIO) -> None:
        self.opened = open_file(file)
        first, others = beginning(self.opened.records)
        if first is None:
            self.problems.append(FILE_EMPTY.at(0))
        elif isinstance(first, Unreadable):
            self.problems.append(first.fault.at(first.row))
        elif len(first.cells) > MOST_COLUMNS:
            self.problems.append(TOO_MANY_COLUMNS.at(first.row))
        else:
            self.header = header_of(first, self._nominating.required)
            self.problems += self.header.problems
            self._records = chain(others, self.opened.records)

    def _laid_out(self, record: Record | Unreadable) -> Cells:
        if isinstance(record, Unreadable):
            return misfit(record.row, record.fault)
        fault = what_does_not_fit(self.header, record)
        if fault is not None:
            return misfit(record.row, fault, record.cells)
        return under_columns(self.header, record)

    def _note(self, record: Unreadable, until: int) -> None:
        if until > self.header.row:
            self.problems.append(record.fault.at(record.row))

    def _is_left_out(self, cells: Cells) -> bool:
        return self.opened.is_ours and is_blank(cells.texts.get("priority", "x"))


def read_for(content: bytes, nominating: Nominating) -> Roster:
    """The officers whom a file nominates, and all the problems of the file."""
    if len(content) > MOST_BYTES:
        return Roster((), (FILE_TOO_LARGE.at(0),), "", "")
    reading = Reading(BytesIO(content), nominating)
    read = list(reading)
    rows = [cells for cells, _ in read]
    sound = [officer for cells, officer in read if officer is not None]
    compare_rows(rows)
    faulty = {cells.row for cells in rows if cells.problems}
    problems = [*reading.problems, *(one for cells in rows for one in cells.problems)]
    return Roster(
        rows=tuple(officer for officer in sound if officer.row not in faulty),
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        encoding=reading.opened.encoding,
        delimiter=reading.opened.delimiter,
        letters=reading.header.letters,
    )


def under_columns(header: Header, record: Record) -> Cells:
    pairs = dict(zip(header.columns, record.cells, strict=False))
    texts = {column: text for column, text in pairs.items() if column is not None}
    if record.padded:
        texts = {column: "" for column in header.columns if column is not None} | texts
    cells = Cells(record.row, texts, header.letters, record.cells)
    for place, fault in record.faults.items():
        column = header.columns[place] if place < len(header.columns) else None
        if column and fault is not COLUMN_HIDDEN and not (fault is DATE and column in DATES):
            cells.blame(column, fault)
    return cells


def misfit(row: int, fault: Fault, written: Sequence[str] = ()) -> Cells:
    cells = Cells(row, {}, written=written)
    cells.problems.append(fault.at(row))
    return cells


def what_does_not_fit(header: Header, record: Record) -> Fault | None:
    """Why a row cannot be laid under the header; empty cells beyond its end do no harm."""
    if record.fault is not None:
        return record.fault
    due, there = len(header.columns), len(record.cells)
    if there < due and not record.padded:
        return Fault("cells-too-few", f"The row has {there} cells and the header has {due}.")
    if not all(is_blank(cell) for cell in record.cells[due:]):
        return Fault("cells-too-many", f"The row has {there} cells and the header has {due}.")
    return None
