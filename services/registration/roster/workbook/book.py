"""A workbook: its sheets in their order, and the records of the first that holds a roster."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, BinaryIO

from ..folding import is_blank
from ..headings import recognised
from ..records import Record, Unreadable
from ..rows import Fault
from .cells import Meanings
from .formats import date_formats
from .listening import Listener, listen
from .package import MOST_BYTES_OF_A_SMALL_PART, Package
from .sheet import Shape, SheetRow, rows_of
from .strings import strings_of
from .unreadable import NO_SHEET, CannotBeRead

SHEET_OF_OURS = "cadre"
"""A hidden sheet of this name is in the workbooks that we give out."""
ROWS_BEFORE_A_HEADER = 10
A_HEADER = 3
MOST_SHEETS_TRIED = 20

ROW_HIDDEN = Fault("row-hidden", "The spreadsheet hides this row. Show it, or delete it.")
COLUMN_HIDDEN = Fault("column-hidden", "The spreadsheet hides this column. Show it, or delete it.")
MERGED = Fault(
    "cells-merged", "Cells of this row are merged with others. Unmerge them and fill in each."
)


@dataclass(frozen=True)
class Sheet:
    """The roster in a workbook. `total` is how many rows there are, blank ones too."""

    records: Iterator[Record | Unreadable]
    total: int
    is_ours: bool


def roster_sheet(file: BinaryIO) -> Sheet:
    """The first visible sheet with a header of a roster, or else the first with anything.

    Raises `CannotBeRead`, also while the records are taken."""
    package = Package(file)
    main = package.main_part()
    listed = _listed(package, main)
    relations = package.relations_of(main)
    by_kind = dict(relations.values())
    meanings = Meanings(
        strings_of(package, by_kind.get("sharedStrings")),
        date_formats(package, by_kind.get("styles")),
        listed.counts_from_1904,
    )
    parts = [
        relations[one][1]
        for one in listed.visible
        if one in relations and relations[one][0] == "worksheet"
    ]
    part = _with_a_header(package, parts[:MOST_SHEETS_TRIED], meanings)
    with package.open(part) as stream:
        total = count_rows(stream)
    return Sheet(records_of(package, part, meanings), total, SHEET_OF_OURS in listed.hidden)


def records_of(package: Package, part: str, meanings: Meanings) -> Iterator[Record | Unreadable]:
    """The rows of a sheet as records, and in the end what it says of them by merging cells."""
    shape = Shape()
    for row in rows_of(package, part, meanings, shape):
        record = _record(row, shape)
        if not all(is_blank(cell) for cell in record.cells) or record.faults:
            yield record
    for first, last in shape.merged:
        yield Unreadable(first, MERGED, until=last)


def count_rows(stream: IO[bytes]) -> int:
    """About how many rows: for progress alone."""
    rows, rest = 0, b""
    while piece := stream.read(1 << 20):
        whole = rest + piece
        rows += whole.count(b"<row ") + whole.count(b":row ")
        rest = whole[-4:]
    return rows


def _record(row: SheetRow, shape: Shape) -> Record:
    width = max(row.cells) + 1
    texts = tuple(row.cells[at].text if at in row.cells else "" for at in range(width))
    faults = {at: one.fault for at, one in row.cells.items() if one.fault}
    for first, last in shape.hidden_columns:
        faults |= {at: COLUMN_HIDDEN for at in row.cells if first <= at <= last}
    return Record(row.row, texts, faults, ROW_HIDDEN if row.hidden else None, padded=True)


def _with_a_header(package: Package, parts: list[str], meanings: Meanings) -> str:
    filled = []
    for part in parts:
        rows = rows_of(package, part, meanings, Shape())
        beginning = list(islice(rows, ROWS_BEFORE_A_HEADER))
        if any(recognised(_record(row, Shape()).cells) >= A_HEADER for row in beginning):
            return part
        filled += [part] if beginning else []
    found = next(chain(filled, parts), None)
    if found is None:
        raise CannotBeRead(NO_SHEET)
    return found


def _listed(package: Package, main: str) -> "_Listed":
    listed = _Listed()
    with package.open(main) as stream:
        for _ in listen(stream, listed, MOST_BYTES_OF_A_SMALL_PART):
            pass
    return listed


class _Listed(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.visible: list[str] = []
        self.hidden: set[str] = set()
        self.counts_from_1904 = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            if attributes.get("state", "visible") == "visible":
                identities = (value for key, value in attributes.items() if key.endswith(":id"))
                self.visible.append(next(identities, ""))
            else:
                self.hidden.add(attributes.get("name", ""))
