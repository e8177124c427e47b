"""Files for spreadsheets: CSV that opens in every script and is never run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for their country's old encoding, and Arabic is lost."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS_A_CELL = ("\t", "\r", "\n")


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with byte order mark; a cell that would be read as a formula is quoted as text."""
    written = StringIO()
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def harmless(cell: object) -> object:
    """A text as a cell; an apostrophe in front keeps a spreadsheet from reading a formula."""
    if not isinstance(cell, str):
        return cell
    read = cell.lstrip().startswith(STARTS_A_FORMULA) or cell.startswith(STARTS_A_CELL)
    return f"'{cell}" if read else cell
