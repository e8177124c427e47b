"""The header of a roster: which column stands where, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .folding import is_blank
from .headings import REQUIRED, column_of
from .records import Record
from .rows import Fault, RowProblem


@dataclass(frozen=True)
class Header:
    """`columns[n]` is the canonical name of column n; None for one that is not read."""

    row: int
    columns: tuple[str | None, ...]
    problems: tuple[RowProblem, ...]


def header_of(record: Record) -> Header:
    """All problems at once: columns missing, unknown, without a heading or there twice."""
    headings = without_blank_end(record.cells)
    columns: list[str | None] = []
    problems: list[RowProblem] = []
    for place, heading in enumerate(headings, start=1):
        column = column_of(heading)
        if column is None:
            problems.append(unknown(place, heading).at(record.row))
        elif column in columns:
            problems.append(twice(place, columns.index(column) + 1).at(record.row, column))
            column = None
        columns.append(column)
    problems.extend(missing_from(columns, record.row))
    return Header(record.row, tuple(columns), tuple(problems))


def without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end]


def missing_from(columns: Sequence[str | None], row: int) -> Iterator[RowProblem]:
    fault = Fault("column-missing", "This column is required and the file does not have it.")
    return (fault.at(row, column) for column in REQUIRED if column not in columns)


def unknown(place: int, heading: str) -> Fault:
    if is_blank(heading):
        return Fault("column-unknown", f"Column {place} has no heading.")
    return Fault("column-unknown", f"The heading of column {place} is not one of a roster.")


def twice(place: int, first: int) -> Fault:
    return Fault("column-twice", f"Column {place} has the same meaning as column {first}.")
