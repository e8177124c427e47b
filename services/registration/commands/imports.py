"""Importing a file in steps: it is read and shown first; nothing is done until that is asked."""

from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Outcome, Work
from shared.jobs import plan
from shared.refusals import Refused
from shared.rights import require_staff
from shared.web.versions import VersionHasMoved

from ..bodies.imports import ConfirmRosterImport
from ..calls.deadlines import what_forbids_nominating
from ..domain.import_states import WAITING, ImportState
from ..imports.checking import held_against
from ..imports.files import keep_file
from ..imports.limits import KEPT, MOST_WAITING
from ..imports.problems import faults_of, first_problems
from ..imports.standing import (
    READ,
    UNDO,
    WRITE,
    forget_import,
    import_of_file,
    locked_import,
    move_import,
    next_step,
    require_importer,
    require_remembered,
    who_asks,
)
from ..imports.undoing import what_was_built
from ..loading import Stored, by_id, locked_call, several
from ..refusals.imports import (
    ImportHasBadRows,
    ImportHasMoved,
    ImportHasNoGoodRows,
    ImportWasBuiltOn,
    RowsNamePartiesForStaffOnly,
    TooManyImportsWait,
)
from ..tables import call, roster_import, roster_import_row
from .nominations import call_open_to


async def request_import(
    work: Work, call_id: UUID, import_id: UUID, party: str, digest: str, file: BinaryIO
) -> Outcome:
    """Keep a file and have it read; the same file again is the same import."""
    held = await _open_to(work, call_id, party)
    if await import_of_file(work, call_id, party, digest):
        return None
    if isinstance(held, Refused):
        return held
    if await _waiting(work, call_id, party) >= MOST_WAITING:
        return TooManyImportsWait()
    row = {
        "id": import_id,
        "call_id": call_id,
        "project_id": held["project_id"],
        "party": party,
        "digest": digest,
        "state": str(ImportState.READING),
        "rows_total": 0,
        "rows_read": 0,
        "figures": {},
        "encoding": "",
        "delimiter": "",
        "letters": {},
        "only_good": False,
        "made_by": work.actor.login,
        "made_at": work.now,
        "kept_until": work.now + KEPT,
        "version": 1,
    }
    await work.connection.execute(roster_import.insert().values(**row))
    await keep_file(work, import_id, file)
    await plan(work, next_step(work, READ, row))
    return None


async def confirm_import(work: Work, import_id: UUID, asked: ConfirmRosterImport) -> Outcome:
    """Have what an import would do be done; where the call or its nominations are otherwise than
    when it was judged, all of it is judged once more before any is written."""
    imported, held = await locked_import(work, import_id)
    await require_importer(work, imported)
    if imported["state"] != ImportState.READ:
        return ImportHasMoved(f"it is {imported['state']}")
    require_remembered(work, imported)
    wrong = await what_forbids_nominating(work, held)
    if wrong:
        return wrong
    figures = imported["figures"]
    if figures["of_file"] or (figures["refused"] and not asked.only_good):
        told = f"{figures['refused']} rows, {figures['problems']} problems"
        return ImportHasBadRows(told, faults=await first_problems(work, import_id))
    if not figures["new"] + figures["changed"] + figures["unchanged"]:
        return ImportHasNoGoodRows()
    values = {"only_good": asked.only_good, "confirmed_by": who_asks(work)}
    judged = asked.only_good or figures.get("held_against") == await held_against(work, held)
    state = ImportState.WRITING if judged else ImportState.JUDGING
    await move_import(work, roster_import, imported, state, **values)
    await plan(work, next_step(work, WRITE, imported))
    return None


async def request_undoing(work: Work, import_id: UUID) -> Outcome:
    """Have an import undone as a whole, also a half-written one, while nothing was built on it."""
    imported, held = await locked_import(work, import_id)
    await require_importer(work, imported)
    if imported["state"] not in (ImportState.WRITING, ImportState.DONE):
        return ImportHasMoved(f"it is {imported['state']}")
    require_remembered(work, imported)
    built = await what_was_built(work, imported, held)
    if built:
        return ImportWasBuiltOn(faults=faults_of(built))
    who = {"confirmed_by": who_asks(work)}
    await move_import(work, roster_import, imported, ImportState.UNDOING, **who)
    await plan(work, next_step(work, UNDO, imported))
    return None


async def discard_import(work: Work, import_id: UUID, version: int) -> Outcome:
    """Give up an import of which nothing is done, and delete what the file said."""
    imported, _held = await locked_import(work, import_id)
    await require_importer(work, imported)
    if imported["version"] != version:
        return VersionHasMoved()
    await move_import(work, roster_import, imported, ImportState.DISCARDED)
    await forget_import(work, roster_import_row, import_id)
    return None


async def _open_to(work: Work, call_id: UUID, party: str) -> Stored | Refused:
    """The call, for a party or, for who coordinates its project, for all that it invites."""
    if party:
        return await call_open_to(work, call_id, party)
    kept = await by_id(work, call, call_id)
    if work.actor.role == "focal_point":
        raise RowsNamePartiesForStaffOnly
    await require_staff(work, kept["project_id"], "coordinator")
    held = await locked_call(work, call_id)
    return await what_forbids_nominating(work, held) or held


async def _waiting(work: Work, call_id: UUID, party: str) -> int:
    query = select(func.count()).where(
        roster_import.c.call_id == call_id,
        roster_import.c.party == party,
        roster_import.c.state.in_(WAITING),
    )
    return int((await work.connection.execute(query)).scalar_one())


async def judge_anew(work: Work, call_id: UUID) -> None:
    """The call asks otherwise now: what waits to be confirmed is held against it again."""
    mine = roster_import.c.call_id == call_id
    again = mine & (roster_import.c.state == ImportState.JUDGING)
    await work.connection.execute(roster_import.update().where(again).values(at_row=None))
    read = mine & (roster_import.c.state == ImportState.READ)
    for imported in await several(work, select(roster_import).where(read)):
        if imported["kept_until"] > work.now:
            await move_import(work, roster_import, imported, ImportState.JUDGING, confirmed_by=None)
            await plan(work, next_step(work, READ, imported))
