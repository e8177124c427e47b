"""The bad rows of an import as rows of a file, the reasons beside them: corrected, it may be sent
again."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.refusals import NotAllowed

from ..imports.limits import ROWS_READ_AT_ONCE
from ..loading import Stored, several
from ..rights import sees_persons
from ..roster.sheet_words import BETWEEN, Say, headings, in_words
from ..roster.workbook.sheet import letters_of, place_of
from ..tables import import_problem, roster_import_row
from .import_problems import SayProblem
from .imports import readable_import

Lines = list[Sequence[str]]


async def bad_rows(work: Work, import_id: UUID, say: Say, told: SayProblem) -> AsyncIterator[Lines]:
    """The headings, then every bad row as it stood, some at a time. Raises `NotFound`, and
    `NotAllowed` for auditors: what stood there may be personal."""
    imported = await readable_import(work, import_id)
    if not sees_persons(work):
        raise NotAllowed
    columns = _columns(imported["letters"])
    said = headings(say)
    yield [[say("Row"), say("Problem"), *(said.get(one, one) for one in columns)]]
    after = -1
    while batch := await _some(work, import_id, after):
        after = max(batch)
        rows = await _as_they_stood(work, import_id, list(batch))
        yield [
            [
                str(number or ""),
                _reasons(batch[number], told),
                *_cells(rows.get(number), columns, say),
            ]
            for number in sorted(batch)
        ]


async def _some(work: Work, import_id: UUID, after: int) -> Mapping[int, list[Stored]]:
    """The problems of some rows, by row."""
    problem = import_problem
    beyond = (problem.c.import_id == import_id) & (problem.c.row > after)
    numbers = select(problem.c.row).where(beyond).distinct().order_by(problem.c.row)
    some = numbers.limit(ROWS_READ_AT_ONCE).subquery()
    query = select(problem).where(problem.c.import_id == import_id, problem.c.row.in_(select(some)))
    found: dict[int, list[Stored]] = defaultdict(list)
    for one in await several(work, query.order_by(problem.c.row, problem.c.letter, problem.c.code)):
        found[one["row"]].append(one)
    return found


async def _as_they_stood(
    work: Work, import_id: UUID, numbers: Sequence[int]
) -> Mapping[int, Stored]:
    row = roster_import_row
    query = select(row).where(row.c.import_id == import_id, row.c.row.in_(numbers))
    return {one["row"]: one for one in await several(work, query)}


def _columns(letters: Mapping[str, str]) -> Sequence[str]:
    """What stands in each place; a column nobody knows goes by its letter."""
    places = {place_of(letter): column for column, letter in letters.items()}
    return [places.get(at, letters_of(at)) for at in range(max(places, default=-1) + 1)]


def _reasons(problems: Sequence[Stored], told: SayProblem) -> str:
    return BETWEEN.join(
        (f"{one['letter']}: " if one["letter"] else "") + told(one["code"], one["message"])
        for one in problems
    )


def _cells(row: Stored | None, columns: Sequence[str], say: Say) -> Sequence[str]:
    if row is None or (row["officer"] is None and row["cells"] is None):
        return []
    if row["officer"] is None:
        return list(row["cells"])
    return [_shown(row["officer"], column, say) for column in columns]


def _shown(officer: Mapping[str, Any], column: str, say: Say) -> str:
    value = officer.get("phone_as_written" if column == "phone" else column)
    if column == "sms":
        value = "yes" if value else "no"
    return "" if value is None else in_words(column, value, say)
