"""What is wrong with the rows of a file: kept, and named as the spreadsheet shows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.database import insert_new
from shared.refusals import Fault

from ..loading import several
from ..roster.rows import RowProblem
from ..tables import import_problem

MOST_NAMED = 100
LONGEST_MESSAGE = 300


async def keep_problems(
    work: Work,
    import_id: UUID,
    problems: Sequence[RowProblem],
    until: datetime,
    *,
    of_call: bool = False,
) -> None:
    """Keep what is wrong; what is known already is left as it is."""
    rows = [
        {
            "import_id": import_id,
            "row": one.row,
            "column": one.column or "",
            "letter": one.letter or "",
            "code": one.code,
            "message": one.message[:LONGEST_MESSAGE],
            "of_call": of_call,
            "kept_until": until,
        }
        for one in problems
    ]
    await insert_new(work.connection, import_problem, rows)


async def drop_judgements(work: Work, import_id: UUID, rows: Collection[int]) -> None:
    """What was found when rows were judged is found again, or is not so any more."""
    mine = (import_problem.c.import_id == import_id) & import_problem.c.of_call
    await work.connection.execute(
        import_problem.delete().where(mine, import_problem.c.row.in_(rows))
    )


async def first_problems(work: Work, import_id: UUID) -> list[Fault]:
    """The first of what is wrong with a file, as a refusal names it."""
    problem = import_problem
    query = select(problem).where(problem.c.import_id == import_id)
    ordered = query.order_by(problem.c.row, problem.c.letter, problem.c.column, problem.c.code)
    found = await several(work, ordered.limit(MOST_NAMED))
    named = ("row", "column", "code", "message", "letter")
    return faults_of([RowProblem(**{name: one[name] for name in named}) for one in found])


async def count_of_file(work: Work, import_id: UUID) -> int:
    """How many problems the file has as a whole: then none of it is taken."""
    mine = (import_problem.c.import_id == import_id) & (import_problem.c.row == 0)
    return int((await work.connection.execute(select(func.count()).where(mine))).scalar_one())


def with_letter(problem: RowProblem, letters: Mapping[str, str]) -> RowProblem:
    """The problem with what the spreadsheet calls its column."""
    return replace(problem, letter=problem.letter or letters.get(problem.column or ""))


def faults_of(problems: Sequence[RowProblem]) -> list[Fault]:
    """Problems as the API names them: row and column, never the value."""
    return [Fault(_place(one), one.code, one.message) for one in problems]


def _place(problem: RowProblem) -> str:
    """As the spreadsheet shows it: `row 7, column C (sex)`."""
    row = f"row {problem.row}" if problem.row else "file"
    if problem.letter and problem.column:
        return f"{row}, column {problem.letter} ({problem.column})"
    column = problem.letter or problem.column
    return f"{row}, column {column}" if column else row
