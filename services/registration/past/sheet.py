"""A file of past participations as headings and rows, whatever stands above the headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from ..roster.folding import folded, is_blank
from ..roster.header import without_blank_end
from ..roster.opening import open_file
from ..roster.records import MOST_COLUMNS, Record, Unreadable
from ..roster.rows import Fault
from ..roster.workbook.unreadable import CannotBeRead
from .dates import read_date
from .guessing import recognised

MOST_ROWS = 20_000
ROWS_ABOVE = 10

EMPTY = Fault("file-empty", "The file holds no rows below a header.")
NO_HEADER = Fault(
    "header-missing",
    "The first row holds no headings. Write one that says what each column holds, in any words.",
)
TOO_MANY_ROWS = Fault("too-many-rows", f"The file holds more than {MOST_ROWS} rows.")
TOO_MANY_COLUMNS = Fault("too-many-columns", f"The header has more than {MOST_COLUMNS} columns.")


@dataclass(frozen=True)
class Sheet:
    """The rows below the headings; those that could not be read hold nothing but their fault."""

    headings: tuple[str, ...]
    rows: tuple[Record, ...]

    def columns(self) -> list[list[str]]:
        """The cells of each column."""
        return columns_of(len(self.headings), [one.cells for one in self.rows])


def columns_of(width: int, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells of rows by column; a row that is too short has none there."""
    return [[row[at] for row in rows if at < len(row)] for at in range(width)]


def sheet_of(content: bytes) -> Sheet | Fault:
    """What is in a file: a workbook, or a CSV as spreadsheets write it."""
    try:
        return laid_out(open_file(BytesIO(content)).records)
    except CannotBeRead as reason:
        return reason.fault


def laid_out(found: Iterable[Record | Unreadable]) -> Sheet | Fault:
    """The headings are those of the first rows in which we know the most."""
    records = list(islice(found, MOST_ROWS + ROWS_ABOVE + 1))
    whole = [one for one in records[:ROWS_ABOVE] if isinstance(one, Record)]
    if len(records) < 2 or not whole:
        return EMPTY
    header = max(whole, key=lambda one: recognised(one.cells))
    if not recognised(header.cells):
        header = whole[0]
        if any(map(_is_no_heading, header.cells)):
            return NO_HEADER
    headings = tuple(without_blank_end(header.cells))
    below = records[records.index(header) + 1 :]
    if len(headings) > MOST_COLUMNS:
        return TOO_MANY_COLUMNS
    if len(below) > MOST_ROWS:
        return TOO_MANY_ROWS
    return Sheet(headings, tuple(map(_as_record, below))) if below else EMPTY


def _as_record(one: Record | Unreadable) -> Record:
    return one if isinstance(one, Record) else Record(one.row, (), fault=one.fault)


def _is_no_heading(cell: str) -> bool:
    """Whether a cell is a date or has figures in it, as those of officers and courses do."""
    return not is_blank(cell) and (
        not isinstance(read_date(cell), Fault) or any(one.isdecimal() for one in folded(cell))
    )
