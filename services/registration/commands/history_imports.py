"""Importing past participations in steps: read and matched, mapped, confirmed, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.database import take_turns
from shared.jobs import plan
from shared.refusals import Fault, Refused

from ..bodies.history import ConfirmHistory, DescribeLayout
from ..domain.import_states import WAITING, ImportState
from ..imports.files import keep_file
from ..imports.limits import KEPT
from ..imports.problems import MOST_NAMED, count_of_file, first_problems
from ..imports.standing import forget_import, move_import, next_step, who_asks
from ..loading import Stored, several
from ..past.fields import Field
from ..past.grounds import (
    caller_of,
    import_of_caller,
    import_of_file,
    open_import,
    parties_named_in,
    scope_for,
)
from ..past.guessing import Because
from ..past.imports import READ, UNDO, WRITE
from ..past.layout import Layout, with_party
from ..refusals.history import LayoutIsNotPossible, LayoutIsUndecided, OfficersAreUndecided
from ..refusals.imports import ImportHasBadRows, ImportHasMoved
from ..tables import history_import, history_layout, history_row

row = history_row


async def request_import(
    work: Work,
    import_id: UUID,
    party: str | None,
    file_name: str,
    digest: str,
    file: BinaryIO,
) -> Outcome:
    """Keep a file and have it read; the same file again is the same import."""
    scope = await scope_for(work, party)
    await take_turns(work.connection, f"history-import {scope} {digest}")
    if await import_of_file(work, party, digest):
        return None
    kept = {
        "id": import_id,
        "scope": scope,
        "file_name": file_name,
        "digest": digest,
        "layout_digest": "",
        "headings": [],
        "parties": await parties_named_in(work, scope),
        "layout": {},
        "questions": [],
        "remembered": False,
        "state": str(ImportState.READING),
        "rows": 0,
        "created": [],
        "read_at": work.now,
        "read_by": await caller_of(work),
        "kept_until": work.now + KEPT,
        "version": 1,
    }
    await work.connection.execute(history_import.insert().values(**kept))
    await keep_file(work, import_id, file)
    await plan(work, next_step(work, READ, kept))
    return None


async def describe_layout(
    work: Work, import_id: UUID, version: int, asked: DescribeLayout
) -> Outcome:
    """Have the rows read anew; what was decided about them is asked again."""
    kept = await open_import(work, import_id, version)
    layout = _layout_asked(asked, len(kept["headings"]), kept["scope"])
    anew = {"layout": layout.to_json(), "confirmed_by": None}
    await move_import(work, history_import, kept, ImportState.JUDGING, **anew)
    await plan(work, next_step(work, READ, kept))
    await _remember(work, kept, layout)
    return None


async def confirm_import(work: Work, import_id: UUID, asked: ConfirmHistory) -> Outcome:
    """Have the participations of a file be recorded, as they were previewed and decided."""
    kept = await open_import(work, import_id)
    wrong = await _what_is_wrong(work, kept, asked)
    if wrong:
        return wrong
    language = asked.create_officers.language if asked.create_officers else None
    confirmed = {
        "asked": {"language": language},
        "confirmed_by": who_asks(work),
        "settled_by": await caller_of(work),
    }
    await move_import(work, history_import, kept, ImportState.WRITING, **confirmed)
    await plan(work, next_step(work, WRITE, kept))
    await _remember(work, kept, Layout.from_json(kept["layout"]))
    return None


async def withdraw_import(work: Work, import_id: UUID) -> Outcome:
    """Take an import back as a whole, also a half-written one: drop a file that waits; of one that
    was imported nothing will count any more."""
    kept = await import_of_caller(work, import_id)
    who = await caller_of(work)
    if kept["state"] in WAITING:
        dropped = {"headings": [], "settled_at": work.now, "settled_by": who}
        await move_import(work, history_import, kept, ImportState.DISCARDED, **dropped)
        await forget_import(work, history_row, import_id)
        return None
    if kept["state"] not in (ImportState.WRITING, ImportState.DONE):
        return ImportHasMoved(f"it is {kept['state']}")
    by = {"confirmed_by": who_asks(work), "undone_by": who}
    await move_import(work, history_import, kept, ImportState.UNDOING, **by)
    await plan(work, next_step(work, UNDO, kept))
    return None


def _layout_asked(asked: DescribeLayout, width: int, scope: str) -> Layout:
    """How a person has the columns read. Raises `LayoutIsNotPossible`."""
    columns: list[Field | None] = [None] * width
    faults: list[Fault] = []
    for at, one in enumerate(asked.columns):
        if one.column > width:
            faults.append(Fault(f"columns.{at}", "not-there", "the file has no such column"))
        elif one.field is not None and one.field in columns:
            faults.append(Fault(f"columns.{at}", "repeated", "another column has this meaning"))
        else:
            columns[one.column - 1] = one.field
    if faults:
        raise LayoutIsNotPossible(faults=faults)
    because: list[Because] = ["chosen" if one else "none" for one in columns]
    defaults = asked.defaults.model_dump(mode="json", exclude_none=True)
    layout = Layout(
        tuple(columns),
        tuple(because),
        asked.date_orders.model_dump(exclude_none=True),
        defaults,
    )
    return with_party(layout, scope)


async def _what_is_wrong(work: Work, kept: Stored, asked: ConfirmHistory) -> Refused | None:
    import_id = kept["id"]
    due = row.c.decision.is_distinct_from("leave_out") & (row.c.import_id == import_id)
    of_file = await count_of_file(work, import_id)
    if kept["questions"] and not of_file:
        return LayoutIsUndecided(faults=[_question(one) for one in kept["questions"]])
    faulty = await _numbers(work, due & (row.c.state == "faulty"))
    if of_file or (faulty and not asked.leave_out_faulty):
        return ImportHasBadRows(faults=await first_problems(work, import_id))
    undecided = due & (row.c.state == "suggested") & row.c.decision.is_(None)
    message = "somebody known may be meant: say who it is"
    faults = [
        Fault(f"row {one}", "officer-undecided", message) for one in await _numbers(work, undecided)
    ]
    if not asked.create_officers:
        message = "this officer is to be made known: say create_officers"
        new = await _numbers(work, due & (row.c.decision == "new"))
        faults += [Fault(f"row {one}", "officer-to-create", message) for one in new]
    return OfficersAreUndecided(faults=faults) if faults else None


async def _numbers(work: Work, where: Any) -> Sequence[int]:
    """The first rows of which this is so; one more than a refusal names."""
    query = select(row.c.row).where(where).order_by(row.c.row).limit(MOST_NAMED + 1)
    return [one["row"] for one in await several(work, query)]


def _question(kept: Mapping[str, Any]) -> Fault:
    place = f"column {kept['column']}" if kept["column"] else "file"
    return Fault(place, kept["code"], kept["message"])


async def _remember(work: Work, kept: Stored, layout: Layout) -> None:
    """The next file with the same headings is read so; what held for all rows of this one, not."""
    scope, digest = kept["scope"], kept["layout_digest"]
    mine = (history_layout.c.scope == scope) & (history_layout.c.digest == digest)
    await work.connection.execute(history_layout.delete().where(mine))
    remembered = replace(layout, defaults={}).to_json()
    at = {"scope": scope, "digest": digest, "remembered_at": work.now}
    await work.connection.execute(history_layout.insert().values(layout=remembered, **at))
