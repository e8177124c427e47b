"""Faults that only show when the rows of a file are held beside one another."""

from collections.abc import Callable, Sequence

from .figures import priority
from .folding import folded
from .officers import Cells
from .rows import Fault
from .texts import reference

SEX_AMBIGUOUS = Fault(
    "sex-ambiguous",
    "The file uses both H and M, and M can mean mujer or male: write female or male.",
)


def compare_rows(rows: Sequence[Cells]) -> None:
    """Adds to each row what the others make wrong about it; of two alike the second is at fault."""
    report_repeated(rows, "officer_reference", reference, "reference-twice")
    report_repeated(rows, "priority", priority, "priority-twice")
    report_ambiguous_sex(rows)


def report_repeated(
    rows: Sequence[Cells], column: str, rule: Callable[[str], object], code: str
) -> None:
    first_row: dict[object, int] = {}
    for cells in rows:
        value = rule(cells.texts.get(column, ""))
        if isinstance(value, Fault) or value == "":
            continue
        first = first_row.setdefault(value, cells.row)
        if first != cells.row:
            fault = Fault(code, f"This stands in row {first} already.")
            cells.blame(column, fault)


def report_ambiguous_sex(rows: Sequence[Cells]) -> None:
    """H is hombre or homme; beside it M may be mujer, and nobody's sex is guessed."""
    letters = [folded(cells.texts.get("sex", "")) for cells in rows]
    if "h" not in letters:
        return
    for cells, letter in zip(rows, letters, strict=True):
        if letter == "m":
            cells.blame("sex", SEX_AMBIGUOUS)
