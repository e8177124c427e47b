"""Undoing an import as a whole: what it nominated is withdrawn, what it changed is as it was.

What is built on between two transactions of it stays, and is told row by row."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, select, true

from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration.nominations import IMPORT_UNDONE
from shared.jobs import plan

from ..domain.import_states import ImportState
from ..domain.nomination import NominationState
from ..facts import person_details
from ..loading import (
    Stored,
    by_id,
    first,
    parties,
    persons,
    several,
)
from ..nominees.moves import move_all
from ..nominees.officers import write_persons
from ..refusals.imports import ImportWasBuiltOn
from ..roster.rows import RowProblem
from ..tables import call, nomination, person, roster_import, roster_import_row
from .checking import figures_of, keep_verdicts
from .problems import MOST_NAMED, keep_problems
from .rows import by_party
from .standing import move_import, next_step
from .writing import WRITTEN

FORGET = "forget_imported"
SELECTION_MADE = ("selection-made", "The selection of the call was made since.")
MOVED = ("nomination-moved", "The nomination was changed, returned or withdrawn since.")
CHANGED = ("details-changed", "The officer's details were changed since.")
row = roster_import_row
MADE = (row.c.verdict == "undone") & row.c.person_version.is_not(None) & row.c.before.is_(None)


async def undo_some(work: Work, imported: Stored, rows: Sequence[Stored]) -> Sequence[Event] | None:
    """Withdraw what some rows nominated and restore what they changed, but for what was built on;
    nothing at all, if that is so of any row before the first is undone."""
    held = await by_id(work, call, imported["call_id"])
    if imported["rows_done"] == 0 and await what_was_built(work, imported, held):
        refusal = ImportWasBuiltOn.code()
        await move_import(work, roster_import, imported, ImportState.DONE, refusal=refusal)
        return None
    numbers = [one["row"] for one in rows]
    built = await what_was_built(work, imported, held, rows=numbers)
    await keep_problems(work, imported["id"], built, imported["kept_until"], of_call=True)
    left = {one.row for one in built}
    undone = [one for one in rows if one["row"] not in left]
    events = [*await _withdraw(work, undone)]
    for party, some in by_party(undone).items():
        events += await _restore(work, party, some)
    await keep_verdicts(work, imported, {one["row"]: "undone" for one in undone})
    return events


async def conclude_undoing(work: Work, imported: Stored) -> Stored:
    """The import is undone; where some of it was built on meanwhile, that is all that is left of
    it. Whom it made known is then forgotten by a job, where nothing else is about them."""
    await plan(work, next_step(work, FORGET, imported))
    mine = select(row.c.row).where(row.c.import_id == imported["id"], WRITTEN)
    if await first(work, mine.limit(1)):
        figures = dict(await figures_of(work, imported))
        told = {"figures": figures, "refusal": ImportWasBuiltOn.code()}
        return await move_import(work, roster_import, imported, ImportState.DONE, **told)
    at = {"undone_at": work.now}
    return await move_import(work, roster_import, imported, ImportState.UNDONE, **at)


async def what_was_built(
    work: Work, imported: Stored, held: Stored, rows: Sequence[int] = ()
) -> list[RowProblem]:
    """What rests on some rows of an import by now; on any of them, the first of it by row."""
    if held["selected_at"] is not None:
        return [RowProblem(one, None, *SELECTION_MADE) for one in rows or (0,)]
    these: ColumnElement[bool] = row.c.row.in_(rows) if rows else true()
    written = (row.c.import_id == imported["id"]) & WRITTEN & these
    untouched = (nomination.c.status == NominationState.SUBMITTED) & (nomination.c.version == 1)
    moved = select(row.c.row).join(nomination, nomination.c.id == row.c.nomination_id)
    changed = select(row.c.row).join(person, person.c.id == row.c.person_id)
    otherwise = person.c.version != row.c.person_version
    limit = len(rows) or MOST_NAMED
    return [
        *await _problems(work, moved.where(written, ~untouched), limit, *MOVED),
        *await _problems(work, changed.where(written, otherwise), limit, *CHANGED),
    ]


async def _problems(
    work: Work, query: Select[tuple[int]], limit: int, code: str, message: str
) -> list[RowProblem]:
    ordered = query.order_by(row.c.row).limit(limit)
    return [RowProblem(one["row"], None, code, message) for one in await several(work, ordered)]


async def _withdraw(work: Work, batch: Sequence[Stored]) -> Sequence[Event]:
    ids = [one["nomination_id"] for one in batch if one["nomination_id"]]
    found = await several(work, select(nomination).where(nomination.c.id.in_(ids)))
    return await move_all(work, found, NominationState.WITHDRAWN, IMPORT_UNDONE)


async def _restore(work: Work, party: str, rows: Sequence[Stored]) -> Sequence[Event]:
    """Give persons back what the import changed of them."""
    before = {one["person_id"]: one["before"] for one in rows if one["before"]}
    if not before:
        return []
    calendar = (await parties(work, [party]))[party]["calendar_country"]
    known = await persons(work, list(before))
    restored = [
        {**one, **_as_it_was(before[key]), "version": one["version"] + 1}
        for key, one in known.items()
    ]
    await write_persons(work, restored)
    return [person_details(one, calendar) for one in restored]


def _as_it_was(before: Stored) -> Stored:
    since = before["serving_since"]
    return {**before, "serving_since": date.fromisoformat(since) if since else None}
