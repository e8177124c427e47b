"""Imports as they are loaded and moved, and who may have to do with them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from shared.context import Work
from shared.jobs import Later
from shared.rights import require_channel, require_staff

from ..domain.import_states import ENDED, ImportState, may_become
from ..loading import (
    Stored,
    by_id,
    first,
    locked_call,
)
from ..refusals.imports import ImportHasMoved, ImportIsForgotten
from ..rights import require_party_seen
from ..tables import import_problem, roster_import
from .files import forget_file

READ, WRITE, UNDO = "read_import", "write_import", "undo_import"
"""The jobs of the steps that are asked for; each goes on with those that follow."""


async def locked_import(work: Work, import_id: UUID) -> tuple[Stored, Stored]:
    """An import and its call, held until the transaction ends. Raises `NotFound`."""
    found = await by_id(work, roster_import, import_id)
    held = await locked_call(work, found["call_id"])
    return await by_id(work, roster_import, import_id), held


async def locked_by_itself(work: Work, import_id: UUID) -> Stored:
    """An import, held together with its call. Raises `NotFound`."""
    imported, _held = await locked_import(work, import_id)
    return imported


async def import_of_file(work: Work, call_id: UUID, party: str, digest: str) -> Stored | None:
    """The import of the same file for the same party that was neither discarded nor undone."""
    query = select(roster_import).where(
        roster_import.c.call_id == call_id,
        roster_import.c.party == party,
        roster_import.c.digest == digest,
        roster_import.c.state.not_in(ENDED),
    )
    return await first(work, query)


async def require_importer(work: Work, imported: Stored) -> None:
    """Raises `NotFound` unless the caller nominates for the party, or, where the file names
    several, coordinates the project."""
    if imported["party"]:
        await require_channel(work, imported["project_id"], imported["party"])
    else:
        await require_staff(work, imported["project_id"], "coordinator")


async def require_reader(work: Work, imported: Stored) -> None:
    """Raises `NotFound` for another party's import."""
    if imported["party"]:
        await require_party_seen(work, imported["project_id"], imported["party"])
    elif work.actor.role != "auditor":
        await require_staff(work, imported["project_id"], "coordinator")


async def move_import(
    work: Work, table: Table, imported: Stored, to: ImportState, **changed: Any
) -> Stored:
    """Save the new state of an import of any kind; its next step has not begun. Raises
    `ImportHasMoved`."""
    if not may_become(imported["state"], to):
        raise ImportHasMoved(f"it is {imported['state']}")
    begins = {"at_row": None, "rows_done": 0, "rows_due": 0, "refusal": None}
    values = {"state": str(to), "version": imported["version"] + 1, **begins, **changed}
    await work.connection.execute(
        table.update().where(table.c.id == imported["id"]).values(**values)
    )
    return {**imported, **values}


def who_asks(work: Work) -> dict[str, str | None]:
    """Who confirms a step: in their name it is done."""
    actor = work.actor
    return {"subject": actor.login, "role": actor.role, "party": actor.party}


def next_step(work: Work, kind: str, imported: Stored) -> Later:
    """The job of the next step; one that was tried in vain may be asked for again."""
    key = f"{imported['id']} {imported['version']}"
    return Later(kind, key, {"import_id": str(imported["id"])}, work.now)


def require_remembered(work: Work, imported: Stored) -> None:
    """Raises `ImportIsForgotten` where the rows are not kept any more."""
    if imported["kept_until"] <= work.now:
        raise ImportIsForgotten


async def forget_import(work: Work, rows: Table, import_id: UUID) -> None:
    """Delete what the file said; that it was there stays."""
    await forget_file(work, import_id)
    await forget_rows(work, rows, import_id)
    await forget_rows(work, import_problem, import_id)


async def forget_rows(work: Work, rows: Table, import_id: UUID) -> None:
    """Delete the rows of an import, of whatever they are."""
    await work.connection.execute(rows.delete().where(rows.c.import_id == import_id))
