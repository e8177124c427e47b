"""Faults that show when rows of an import stand beside one another: found by the database."""

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, cast, exists, func, insert, literal, select

from shared.context import Work
from shared.database import Id, Instant

from ..loading import Stored
from ..roster.across_rows import SEX_AMBIGUOUS
from ..tables import import_problem as problem
from ..tables import roster_import_row as row

KEPT = ("import_id", "row", "column", "letter", "code", "message", "of_call", "kept_until")
REPEATED = (
    (row.c.officer_reference, "reference-twice"),
    (row.c.priority, "priority-twice"),
)


async def compare_rows(work: Work, imported: Stored) -> None:
    """Note what the others make wrong about a row; of two alike the second is at fault."""
    for column, code in REPEATED:
        alike = func.first_value(row.c.row)
        first = alike.over(partition_by=(row.c.party, column), order_by=row.c.row)
        mine = (row.c.import_id == imported["id"]) & column.is_not(None)
        ranked = select(row.c.row, first.label("first")).where(mine).subquery()
        message = "This stands in row " + cast(ranked.c.first, String) + literal(" already.")
        found = select(
            *_named(imported, ranked.c.row, column.name, code),
            message,
            *_kept(imported),
        ).where(ranked.c.row != ranked.c.first)
        await work.connection.execute(insert(problem).from_select(KEPT, found))
    await _doubt_sexes(work, imported)


async def _doubt_sexes(work: Work, imported: Stored) -> None:
    """H is hombre or homme; beside it M may be mujer, and nobody's sex is guessed."""
    mine = row.c.import_id == imported["id"]
    other = row.alias()
    uses_h = exists().where(other.c.import_id == imported["id"], other.c.sex_letter == "h")
    found = select(
        *_named(imported, row.c.row, "sex", SEX_AMBIGUOUS.code),
        literal(SEX_AMBIGUOUS.message),
        *_kept(imported),
    ).where(mine, row.c.sex_letter == "m", uses_h)
    await work.connection.execute(insert(problem).from_select(KEPT, found))


def _named(imported: Stored, at: Any, column: str, code: str) -> tuple[Any, ...]:
    import_id: UUID = imported["id"]
    letter = imported["letters"].get(column, "")
    return literal(import_id, Id), cast(at, Integer), *map(literal, (column, letter, code))


def _kept(imported: Stored) -> tuple[Any, ...]:
    return literal(value=False), literal(imported["kept_until"], Instant)
