"""Imports of past participations as they are shown: their columns, and whose the rows are."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, union_all

from shared.context import Work
from shared.contracts.registration import PersonName
from shared.refusals import NotAllowed
from shared.web.lists import Listed, Place, listed

from ..loading import Stored, persons, several
from ..past.grounds import caller_of, import_of_file, import_seen
from ..past.kept_rows import NOT_JUDGED
from ..rights import parties_met, require_a_part_here, sees_persons
from ..tables import history_import, history_row, import_problem
from .history_shown import (
    HistoryColumnShown,
    HistoryImportInFull,
    HistoryImportShown,
    HistoryRowShown,
    HistorySuggestionShown,
)
from .import_problems import ImportProblemShown, SayProblem, problems_of, problems_of_rows

EXAMPLES = 3
PROBLEMS = "problems"


async def show_import(work: Work, import_id: UUID) -> HistoryImportShown:
    """An import in figures."""
    kept = await import_seen(work, import_id)
    return (await _shown(work, [kept]))[0]


async def show_import_of_file(work: Work, party: str | None, digest: str) -> HistoryImportShown:
    """The import of a file that was just sent."""
    found = await import_of_file(work, party, digest)
    if found is None:
        raise LookupError(digest)
    return await show_import(work, found)


async def list_problems(
    work: Work, import_id: UUID, place: Place, say: SayProblem
) -> Listed[ImportProblemShown]:
    """What is wrong with a file, by row, in a language."""
    await import_seen(work, import_id)
    return await problems_of(work, import_id, place, say)


async def show_import_in_full(work: Work, import_id: UUID) -> HistoryImportShown:
    """An import with its headings and some cells, to those who may import it."""
    kept = await import_seen(work, import_id)
    (shown,) = await _shown(work, [kept])
    if not sees_persons(work):
        return shown
    for column, heading in zip(shown.columns, kept["headings"], strict=False):
        column.heading = heading
    await _add_examples(work, import_id, shown.columns)
    return HistoryImportInFull(**dict(shown), file_name=kept["file_name"])


async def list_imports(work: Work, place: Place) -> Listed[HistoryImportShown]:
    """The imports that the caller may see."""
    await require_a_part_here(work)
    query = select(history_import)
    met = await parties_met(work)
    if met is not None:
        own = history_import.c.read_by == await caller_of(work)
        of_several = (history_import.c.scope == "") & own
        query = query.where(history_import.c.scope.in_(met) | of_several)
    page = await listed(
        work.connection,
        query,
        place,
        order=[history_import.c.id],
        show=lambda row: dict(row._mapping),
    )
    shown = await _shown(work, page.items)
    return Listed[HistoryImportShown](items=shown, next=page.next)


async def list_rows(
    work: Work, import_id: UUID, state: str | None, place: Place, say: SayProblem
) -> Listed[HistoryRowShown]:
    """The rows of an import while it is open, to those who may import it."""
    await import_seen(work, import_id)
    if not sees_persons(work):
        raise NotAllowed
    judged = history_row.c.state != NOT_JUDGED
    query = select(history_row).where(history_row.c.import_id == import_id, judged)
    if state:
        query = query.where(history_row.c.state == state)
    page = await listed(
        work.connection,
        query,
        place,
        order=[history_row.c.row],
        show=lambda row: dict(row._mapping),
    )
    named = {
        UUID(one["person_id"])
        for row in page.items
        for one in row["suggestions"]
        if one["person_id"]
    }
    officers = await persons(work, named)
    numbers = [row["row"] for row in page.items]
    wrong = await problems_of_rows(work, import_id, numbers, say)
    return Listed[HistoryRowShown](
        items=[_row(one, officers, wrong[one["row"]]) for one in page.items], next=page.next
    )


async def _shown(work: Work, kept: Sequence[Stored]) -> list[HistoryImportShown]:
    """Imports in figures, counted for all of them together."""
    counted = await _counted(work, [one["id"] for one in kept])
    return [
        HistoryImportShown(
            **{
                **one,
                "party": one["scope"] or None,
                "problems": counted[one["id"]].pop(PROBLEMS),
                "standing": counted[one["id"]],
                "columns": _columns(one["layout"]),
                "defaults": one["layout"].get("defaults", {}),
                "date_orders": one["layout"].get("orders", {}),
            }
        )
        for one in kept
    ]


async def _counted(work: Work, imports: Sequence[UUID]) -> Mapping[UUID, dict[str, int]]:
    """By import, in one statement: the judged rows of each state, those decided, the problems."""
    row, problem = history_row.c, import_problem.c
    columns = (row.import_id, row.state, func.count().label("rows"))
    of_rows = select(*columns, func.count(row.decision).label("decided"))
    told = select(problem.import_id, literal(PROBLEMS), func.count(), literal(0))
    both = union_all(
        of_rows.where(row.import_id.in_(imports)).group_by(row.import_id, row.state),
        told.where(problem.import_id.in_(imports)).group_by(problem.import_id),
    )
    found = {one: {"decided": 0, PROBLEMS: 0} for one in imports}
    for one in await several(work, both):
        figures = found[one["import_id"]]
        figures["decided"] += one["decided"]
        if one["state"] != NOT_JUDGED:
            figures[one["state"]] = one["rows"]
    return found


def _columns(layout: Mapping[str, Any]) -> list[HistoryColumnShown]:
    pairs = zip(layout.get("columns", ()), layout.get("because", ()), strict=True)
    return [
        HistoryColumnShown(column=number, field=field, because=because)
        for number, (field, because) in enumerate(pairs, start=1)
    ]


async def _add_examples(work: Work, import_id: UUID, columns: list[HistoryColumnShown]) -> None:
    query = select(history_row.c.cells).where(history_row.c.import_id == import_id)
    rows = await several(work, query.order_by(history_row.c.row).limit(EXAMPLES))
    for column in columns:
        at = column.column - 1
        column.examples = [row["cells"][at] for row in rows if at < len(row["cells"])]


def _row(
    row: Stored, officers: Mapping[UUID, Stored], problems: list[ImportProblemShown]
) -> HistoryRowShown:
    found = row["found"]
    return HistoryRowShown(
        **{**{name: row[name] for name in ("row", "state", "decision", "person_id", "as_row")}},
        **{name: found[name] for name in FOUND},
        names=_names(found),
        suggestions=[_suggestion(one, officers) for one in row["suggestions"]],
        problems=problems,
    )


FOUND = (*("party", "officer_reference", "sex", "code", "title", "topic", "held_on", "outcome"),)


def _names(found: Mapping[str, Any]) -> list[PersonName]:
    latin = ("Latn", found["given_name"], found["family_name"])
    arabic = ("Arab", found["given_name_ar"], found["family_name_ar"])
    return [
        PersonName(script=script, given=given or "", family=family or "")
        for script, given, family in (latin, arabic)
        if given or family
    ]


def _suggestion(one: Mapping[str, Any], officers: Mapping[UUID, Stored]) -> HistorySuggestionShown:
    known = officers.get(UUID(one["person_id"])) if one["person_id"] else None
    told = {name: known[name] for name in ("officer_reference", "names")} if known else {}
    return HistorySuggestionShown(**one, **told)
