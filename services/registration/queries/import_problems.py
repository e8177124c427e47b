"""What is wrong with the files of imports of any kind, as it is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..loading import several
from ..tables import import_problem as problem

SayProblem = Callable[[str, str], str]
"""Says what is wrong, by its code; where there are no words for it, as it was noted."""


class ImportProblemShown(BaseModel):
    """One thing wrong with a file: row 0 is the file as a whole, the letter of the column is as the
    spreadsheet shows it. Never the value."""

    row: int
    column: str | None
    letter: str | None
    code: str
    message: str


async def problems_of(
    work: Work, import_id: UUID, place: Place, say: SayProblem
) -> Listed[ImportProblemShown]:
    """What is wrong with a file, by row, in a language."""
    query = select(problem).where(problem.c.import_id == import_id)
    order = (problem.c.row, problem.c.letter, problem.c.column, problem.c.code)
    return await listed(
        work.connection, query, place, order=order, show=lambda row: _shown(row._mapping, say)
    )


async def problems_of_rows(
    work: Work, import_id: UUID, rows: Sequence[int], say: SayProblem
) -> Mapping[int, list[ImportProblemShown]]:
    """What is wrong with some rows, by row."""
    mine = (problem.c.import_id == import_id) & problem.c.row.in_(rows)
    query = select(problem).where(mine).order_by(problem.c.letter, problem.c.code)
    found: dict[int, list[ImportProblemShown]] = {one: [] for one in rows}
    for one in await several(work, query):
        found[one["row"]].append(_shown(one, say))
    return found


def _shown(found: Mapping[str, Any], say: SayProblem) -> ImportProblemShown:
    told = {
        "column": found["column"] or None,
        "letter": found["letter"] or None,
        "message": say(found["code"], found["message"]),
    }
    return ImportProblemShown(**{**found, **told})
