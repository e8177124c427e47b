"""Carrying an import out: all its rows in one transaction, some at a time.

So a file is taken whole or not at all whatever happens, nobody sees half of it, and what is held in
memory is one batch: events are staged as they come. The call is held meanwhile, for seconds."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam

from shared.context import Act, Context, Outcome, Work
from shared.ids import new_id
from shared.jobs import Job
from shared.messaging.crash import crash_point
from shared.messaging.outbox import stage

from ..calls.deadlines import what_forbids_nominating
from ..commands.nominations import put_forward, submitted
from ..commands.rosters import asked_by
from ..domain.import_states import ImportState
from ..loading import Stored
from ..nominees.officers import keep_officers
from ..refusals.imports import ImportHasBadRows
from ..roster.rows import from_document
from ..tables import roster_import_problem, roster_import_row
from .checking import Figures, check_rows
from .limits import KEPT
from .rows import by_party, in_batches
from .standing import locked_import, move_import

WRITE = "write_import"
TO_BE_WRITTEN = roster_import_row.c.verdict.in_(("new", "changed"))
RESTORED = (
    *("names", "sex", "email", "phone", "language", "wants_sms"),
    *("unit", "unit_name", "rank_title", "rank_band", "specialisms", "languages"),
)


async def write_import(job: Job, _context: Context) -> Act | None:
    """Carry out an import that was confirmed."""
    return partial(carry_out, import_id=UUID(job.payload["import_id"]))


async def carry_out(work: Work, *, import_id: UUID) -> Outcome:
    """Nominate whom the file names, if that can still be done; else it is as when it was read."""
    imported, held = await locked_import(work, import_id)
    if imported["state"] != ImportState.WRITING:
        return None
    work.actor = replace(work.actor, **imported["confirmed_by"])
    figures = await check_rows(work, imported, held)
    refusal = await _what_forbids(work, imported, held, figures)
    if refusal:
        told: dict[str, Any] = {"figures": dict(figures), "refusal": refusal}
        await move_import(work, imported, ImportState.READ, **told)
        return None
    async for batch in in_batches(work, import_id, TO_BE_WRITTEN):
        for party, rows in by_party(batch).items():
            await _write(work, held, party, rows)
        crash_point("in-writing-import")
    kept_until = work.context.clock.machine() + KEPT
    for table in (roster_import_row, roster_import_problem):
        mine = table.c.import_id == import_id
        await work.connection.execute(table.update().where(mine).values(kept_until=kept_until))
    done: dict[str, Any] = {"figures": dict(figures), "done_at": work.now, "kept_until": kept_until}
    await move_import(work, imported, ImportState.DONE, **done)
    return None


async def _what_forbids(work: Work, imported: Stored, held: Stored, figures: Figures) -> str | None:
    wrong = await what_forbids_nominating(work, held)
    if wrong:
        return wrong.code()
    if figures["of_file"] or (figures["refused"] and not imported["only_good"]):
        return ImportHasBadRows.code()
    return None


async def _write(work: Work, held: Stored, party: str, rows: Sequence[Stored]) -> None:
    """Keep the officers of some rows, nominate those who are not, and note what was made."""
    asked = {row["row"]: asked_by(from_document(row["officer"]), party) for row in rows}
    described = [one.officer for one in asked.values()]
    officers = await keep_officers(work, party, described, from_file=True)
    put, notes = [], []
    for row in rows:
        reference = row["officer_reference"]
        officer, made = officers.persons[reference], reference in officers.made
        before = officers.before.get(reference)
        nominated = None
        if row["verdict"] == "new":
            nominated = submitted(work, held, new_id(), officer, asked[row["row"]])
            put.append(nominated)
        notes.append(
            {
                "of_import": row["import_id"],
                "at": row["row"],
                "person_id": officer["id"],
                "person_version": officer["version"] if made or before else None,
                "before": as_restored(before) if before else None,
                "nomination_id": nominated["id"] if nominated else None,
            }
        )
    await stage(work, [*officers.events, *await put_forward(work, held, put)])
    table = roster_import_row
    mine = (table.c.import_id == bindparam("of_import")) & (table.c.row == bindparam("at"))
    await work.connection.execute(table.update().where(mine), notes)


def as_restored(person: Stored) -> dict[str, Any]:
    """What an import may change of a person, as it was."""
    since = person["serving_since"]
    return {
        **{name: person[name] for name in RESTORED},
        "serving_since": since.isoformat() if since else None,
    }
