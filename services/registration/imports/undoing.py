"""Undoing an import as a whole: what it nominated is withdrawn, what it changed is as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import Select, select

from shared.context import Act, Context, Outcome, Work
from shared.contracts import Event
from shared.jobs import Job, Later, plan
from shared.messaging.crash import crash_point
from shared.messaging.outbox import stage
from shared.refusals import Fault

from ..domain.import_states import ImportState
from ..domain.nomination import NominationState
from ..facts import person_details
from ..loading import (
    Stored,
    parties,
    persons,
    several,
)
from ..nominees.moves import move_all
from ..nominees.officers import write_persons
from ..refusals.imports import ImportWasBuiltOn
from ..tables import nomination, person, roster_import_row
from .rows import by_party, in_batches
from .standing import locked_import, move_import

UNDO = "undo_import"
FORGET = "forget_imported"
MOST_FAULTS = 100
WRITTEN = roster_import_row.c.verdict.in_(("new", "changed"))
"""Rows of officers who were erased since are forgotten, and their nominations ended with them."""
SELECTION_MADE = Fault("call", "selection-made", "The selection of the call was made since.")


async def undo_import(job: Job, _context: Context) -> Act | None:
    """Undo an import, if nothing was built on it."""
    return partial(take_back, import_id=UUID(job.payload["import_id"]))


async def take_back(work: Work, *, import_id: UUID) -> Outcome:
    """Withdraw what was nominated and restore what was changed; whom it made known is then
    forgotten by a job of its own, where nothing else is about them."""
    imported, held = await locked_import(work, import_id)
    if imported["state"] != ImportState.UNDOING:
        return None
    work.actor = replace(work.actor, **imported["confirmed_by"])
    if await what_was_built(work, imported, held):
        refusal = ImportWasBuiltOn.code()
        await move_import(work, imported, ImportState.DONE, refusal=refusal)
        return None
    async for batch in in_batches(work, import_id, WRITTEN):
        await stage(work, await _withdraw(work, batch))
        for party, rows in by_party(batch).items():
            await stage(work, await _restore(work, party, rows))
        crash_point("in-undoing-import")
    await move_import(work, imported, ImportState.UNDONE, undone_at=work.now)
    await plan(work, next_some(work, import_id, after=0))
    return None


def next_some(work: Work, import_id: UUID, *, after: int) -> Later:
    """The job that forgets whom the next rows made known."""
    payload = {"import_id": str(import_id), "after": after}
    return Later(FORGET, f"{import_id} {after}", payload, work.now)


async def what_was_built(work: Work, imported: Stored, held: Stored) -> list[Fault]:
    """What rests on an import by now, the first of it by row."""
    if held["selected_at"] is not None:
        return [SELECTION_MADE]
    row = roster_import_row
    written = (row.c.import_id == imported["id"]) & WRITTEN
    untouched = (nomination.c.status == NominationState.SUBMITTED) & (nomination.c.version == 1)
    moved = select(row.c.row).join(nomination, nomination.c.id == row.c.nomination_id)
    changed = select(row.c.row).join(person, person.c.id == row.c.person_id)
    return [
        *await _faults(
            work,
            moved.where(written, ~untouched),
            "nomination-moved",
            "The nomination was changed, returned or withdrawn since.",
        ),
        *await _faults(
            work,
            changed.where(written, person.c.version != row.c.person_version),
            "details-changed",
            "The officer's details were changed since.",
        ),
    ]


async def _faults(work: Work, query: Select[tuple[int]], code: str, message: str) -> list[Fault]:
    ordered = query.order_by(roster_import_row.c.row).limit(MOST_FAULTS)
    return [Fault(f"row {one['row']}", code, message) for one in await several(work, ordered)]


async def _withdraw(work: Work, batch: Sequence[Stored]) -> Sequence[Event]:
    ids = [row["nomination_id"] for row in batch if row["nomination_id"]]
    found = await several(work, select(nomination).where(nomination.c.id.in_(ids)))
    return await move_all(work, found, NominationState.WITHDRAWN)


async def _restore(work: Work, party: str, rows: Sequence[Stored]) -> Sequence[Event]:
    """Give persons back what the import changed of them."""
    before = {row["person_id"]: row["before"] for row in rows if row["before"]}
    if not before:
        return []
    calendar = (await parties(work, [party]))[party]["calendar_country"]
    known = await persons(work, list(before))
    restored = [
        {**one, **_as_it_was(before[key]), "version": one["version"] + 1}
        for key, one in known.items()
    ]
    await write_persons(work, restored)
    return [person_details(row, calendar) for row in restored]


def _as_it_was(before: Stored) -> Stored:
    since = before["serving_since"]
    return {**before, "serving_since": date.fromisoformat(since) if since else None}
