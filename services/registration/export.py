"""Nominees as a CSV file that a spreadsheet opens and never executes."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from .queries.nominations import NomineeShown

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS_A_CELL = ("\t", "\r", "\n")
COLUMNS = (
    "party",
    "priority",
    "officer_reference",
    "given_name",
    "family_name",
    "given_name_ar",
    "family_name_ar",
    "sex",
    "unit",
    "unit_name",
    "rank_title",
    "rank_band",
    "status",
)


def as_csv(nominees: Iterable[NomineeShown]) -> bytes:
    """UTF-8 with byte order mark; a cell that would be read as a formula is quoted as text."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    lines.writerows([harmless(cell) for cell in _cells(one)] for one in nominees)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def harmless(cell: str) -> str:
    """A cell as text; an apostrophe in front keeps a spreadsheet from reading a formula."""
    read = cell.lstrip().startswith(STARTS_A_FORMULA) or cell.startswith(STARTS_A_CELL)
    return f"'{cell}" if read else cell


def _cells(one: NomineeShown) -> Sequence[str]:
    latin, arabic = (
        next(((name.given, name.family) for name in one.names if name.script == script), ("", ""))
        for script in ("Latn", "Arab")
    )
    return [
        one.party,
        str(one.priority),
        one.officer_reference or "",
        *latin,
        *arabic,
        one.sex,
        one.unit,
        one.unit_name or "",
        one.rank_title or "",
        one.rank_band or "",
        one.status,
    ]
