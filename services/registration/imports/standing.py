"""Imports as they are loaded and moved, and who may have to do with them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.rights import require_channel, require_staff

from ..domain.import_states import ImportState, may_become
from ..loading import (
    Stored,
    by_id,
    first,
    locked_call,
)
from ..refusals.imports import ImportHasMoved, ImportIsForgotten
from ..rights import require_party_seen
from ..tables import roster_import, roster_import_problem, roster_import_row
from .files import forget_file

ENDED = (ImportState.DISCARDED, ImportState.UNDONE)


async def locked_import(work: Work, import_id: UUID) -> tuple[Stored, Stored]:
    """An import and its call, held until the transaction ends. Raises `NotFound`."""
    found = await by_id(work, roster_import, import_id)
    held = await locked_call(work, found["call_id"])
    return await by_id(work, roster_import, import_id), held


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


async def move_import(work: Work, imported: Stored, to: ImportState, **changed: Any) -> Stored:
    """Save the new state of an import. Raises `ImportHasMoved`."""
    if not may_become(imported["state"], to):
        raise ImportHasMoved(f"it is {imported['state']}")
    values = {"state": str(to), "version": imported["version"] + 1, "refusal": None, **changed}
    mine = roster_import.c.id == imported["id"]
    await work.connection.execute(roster_import.update().where(mine).values(**values))
    return {**imported, **values}


def require_remembered(work: Work, imported: Stored) -> None:
    """Raises `ImportIsForgotten` where the rows are not kept any more."""
    if imported["kept_until"] <= work.context.clock.machine():
        raise ImportIsForgotten


async def forget_import(work: Work, import_id: UUID) -> None:
    """Delete what the file said; that it was there stays."""
    await forget_file(work, import_id)
    for table in (roster_import_row, roster_import_problem):
        await work.connection.execute(table.delete().where(table.c.import_id == import_id))
