"""The header of a roster: which column stands where, and what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from .folding import is_blank
from .headings import REQUIRED, column_of, recognised
from .records import Record, Unreadable
from .rows import Fault, RowProblem
from .workbook.sheet import letters_of


@dataclass(frozen=True)
class Header:
    """`columns[n]` is the canonical name of column n; None for one that is not read."""

    row: int
    columns: tuple[str | None, ...]
    problems: tuple[RowProblem, ...]

    @property
    def letters(self) -> Mapping[str, str]:
        """What the spreadsheet calls each column."""
        return {name: letters_of(at) for at, name in enumerate(self.columns) if name is not None}


RECORDS_BEFORE_A_HEADER = 10
A_HEADER = 3
"""So many headings make a header; what stands above it says how to fill in the sheet."""


def beginning(
    records: Iterator[Record | Unreadable],
) -> tuple[Record | Unreadable | None, list[Record | Unreadable]]:
    """The record with the header, or else the first there is; and those read beyond it."""
    first = list(islice(records, RECORDS_BEFORE_A_HEADER))
    for at, one in enumerate(first):
        if isinstance(one, Record) and recognised(one.cells) >= A_HEADER:
            return one, first[at + 1 :]
    return (first[0], first[1:]) if first else (None, [])


def header_of(record: Record, required: Collection[str] = REQUIRED) -> Header:
    """All problems at once: columns missing, unknown, hidden, without a heading or there twice."""
    headings = without_blank_end(record.cells)
    columns: list[str | None] = []
    problems: list[RowProblem] = []
    for place, heading in enumerate(headings, start=1):
        column = column_of(heading)
        if column is None:
            problems.append(unknown(place, heading).at(record.row, None, letters_of(place - 1)))
        elif column in columns:
            fault = twice(place, columns.index(column) + 1)
            problems.append(fault.at(record.row, column, letters_of(place - 1)))
            column = None
        columns.append(column)
    for place, fault in record.faults.items():
        problems.append(fault.at(record.row, None, letters_of(place)))
    problems.extend(missing_from(columns, record.row, required))
    return Header(record.row, tuple(columns), tuple(problems))


def without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end]


def missing_from(
    columns: Sequence[str | None], row: int, required: Collection[str]
) -> Iterator[RowProblem]:
    fault = Fault("column-missing", "This column is required and the file does not have it.")
    return (fault.at(row, column) for column in required if column not in columns)


def unknown(place: int, heading: str) -> Fault:
    if is_blank(heading):
        return Fault("column-unknown", f"Column {place} has no heading.")
    return Fault("column-unknown", f"The heading of column {place} is not one of a roster.")


def twice(place: int, first: int) -> Fault:
    return Fault("column-twice", f"Column {place} has the same meaning as column {first}.")
