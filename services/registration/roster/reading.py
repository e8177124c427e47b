"""Reads a roster: bytes in, officers and every problem out, whatever the bytes are."""

from collections.abc import Iterable

from .across_rows import compare_rows
from .encodings import decode
from .folding import is_blank
from .header import Header, header_of
from .officers import Cells, officer_in
from .records import Record, Unreadable, delimiter_of, records_of
from .rows import Fault, Roster, RowProblem

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100

FILE_TOO_LARGE = Fault("file-too-large", "The file is larger than 5 MB.")
FILE_EMPTY = Fault("file-empty", "The file holds no rows.")
NO_OFFICERS = Fault("no-officers", "There are no officers below the header.")
ENCODING_UNKNOWN = Fault(
    "encoding-unknown",
    "The file is damaged, not a CSV file, or in an encoding we cannot read. Save it as CSV UTF-8.",
)
TOO_MANY_ROWS = Fault(
    "too-many-rows", f"The file holds more than {MOST_ROWS} officers; the rest was not read."
)
TOO_MANY_COLUMNS = Fault("too-many-columns", f"The header has more than {MOST_COLUMNS} columns.")


def read_roster(content: bytes, region: str | None = None) -> Roster:
    """The officers of a CSV file and all its problems; never raises, never echoes a value.

    `region` (ISO 3166-1 alpha-2) is the country of phone numbers without a country code."""
    if len(content) > MOST_BYTES:
        return unread(FILE_TOO_LARGE.at(0))
    decoded = decode(content)
    if decoded is None:
        return unread(ENCODING_UNKNOWN.at(0))
    delimiter = delimiter_of(decoded.text)
    records = records_of(decoded.text, delimiter)
    first = next(records, None)
    if first is None:
        return unread(FILE_EMPTY.at(0), decoded.encoding, delimiter)
    if isinstance(first, Unreadable):
        return unread(first.fault.at(first.row), decoded.encoding, delimiter)
    if len(first.cells) > MOST_COLUMNS:
        return unread(TOO_MANY_COLUMNS.at(first.row), decoded.encoding, delimiter)
    header = header_of(first)
    rows, problems = lay_out(header, records)
    compare_rows(rows)
    officers = [officer_in(cells, region) for cells in rows]
    problems += [*header.problems, *(one for cells in rows for one in cells.problems)]
    return Roster(
        rows=tuple(officer for officer in officers if officer is not None),
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        encoding=decoded.encoding,
        delimiter=delimiter,
    )


def unread(problem: RowProblem, encoding: str = "", delimiter: str = "") -> Roster:
    return Roster((), (problem,), encoding, delimiter)


def lay_out(
    header: Header, records: Iterable[Record | Unreadable]
) -> tuple[list[Cells], list[RowProblem]]:
    """The cells of each row under their columns, and the rows that do not fit the header."""
    rows: list[Cells] = []
    problems: list[RowProblem] = []
    for taken, record in enumerate(records):
        if taken == MOST_ROWS:
            return rows, [*problems, TOO_MANY_ROWS.at(0)]
        fault = record.fault if isinstance(record, Unreadable) else misfit(header, record)
        if isinstance(record, Record) and fault is None:
            rows.append(under_columns(header, record))
        elif fault is not None:
            problems.append(fault.at(record.row))
    return rows, problems if rows or problems else [NO_OFFICERS.at(0)]


def under_columns(header: Header, record: Record) -> Cells:
    pairs = zip(header.columns, record.cells, strict=False)
    return Cells(record.row, {column: text for column, text in pairs if column is not None})


def misfit(header: Header, record: Record) -> Fault | None:
    """Why a row cannot be laid under the header; empty cells beyond its end do no harm."""
    due, there = len(header.columns), len(record.cells)
    if there < due:
        return Fault("cells-too-few", f"The row has {there} cells and the header has {due}.")
    if not all(is_blank(cell) for cell in record.cells[due:]):
        return Fault("cells-too-many", f"The row has {there} cells and the header has {due}.")
    return None
