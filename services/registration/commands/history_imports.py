"""Reading a file of past participations, and saying how its columns are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.jobs import Later, plan
from shared.refusals import Fault

from ..bodies.history import DescribeLayout
from ..loading import Stored, first
from ..past.fields import Field
from ..past.grounds import (
    Grounds,
    caller_of,
    grounds_for,
    open_import,
    remembered_layout,
    scope_for,
    unsettled,
)
from ..past.guessing import Because, guess
from ..past.kept_rows import (
    keep_rows,
    questions_of,
    record_in,
    rows_of,
)
from ..past.layout import Layout, digest_of
from ..past.matching import Matched
from ..past.sheet import Sheet, columns_of
from ..refusals.history import LayoutIsNotPossible
from ..roster.records import Record
from ..tables import history_import, history_layout

DROP = "drop_history_import"
KEPT_UNDECIDED = timedelta(days=30)


@dataclass(frozen=True)
class ReadFile:
    """A file that was read and matched with no transaction open."""

    scope: str
    file_name: str
    digest: str
    sheet: Sheet
    layout: Layout
    remembered: bool
    rows: Sequence[Matched]


async def same_file(work: Work, party: str | None, digest: str) -> UUID | None:
    """The import of this very file that is open or done. Raises as `scope_for` does."""
    scope = await scope_for(work, party)
    mine = (history_import.c.scope == scope) & (history_import.c.digest == digest)
    if not scope and work.actor.role != "admin":
        mine &= history_import.c.read_by == await caller_of(work)
    standing = history_import.c.state.in_(("read", "imported"))
    found = await first(work, select(history_import.c.id).where(mine, standing))
    return found["id"] if found else None


async def grounds_of_file(
    work: Work, party: str | None, headings: Sequence[str]
) -> tuple[Grounds, Layout | None]:
    """What a new file is read against, and how one like it was read before."""
    scope = await scope_for(work, party)
    kept = await remembered_layout(work, scope, digest_of(headings))
    fits = kept is not None and len(kept.columns) == len(headings)
    return await grounds_for(work, scope), kept if fits else None


def layout_of(sheet: Sheet, grounds: Grounds, kept: Layout | None) -> Layout:
    """How a file is read: as one like it was before, else by a guess."""
    if kept:
        because: list[Because] = ["remembered" if one else "none" for one in kept.columns]
        return _with_party(replace(kept, because=tuple(because)), grounds.scope)
    found = guess(sheet.headings, sheet.columns(), grounds.parties)
    layout = Layout(tuple(one.field for one in found), tuple(one.because for one in found))
    return _with_party(layout, grounds.scope)


async def keep_file(work: Work, import_id: UUID, party: str | None, file: ReadFile) -> Outcome:
    """Keep a file to be decided about; the same file again changes nothing."""
    if await same_file(work, party, file.digest):
        return None
    row = {
        "id": import_id,
        "scope": file.scope,
        "file_name": file.file_name,
        "digest": file.digest,
        "layout_digest": digest_of(file.sheet.headings),
        "headings": list(file.sheet.headings),
        "layout": file.layout.to_json(),
        "questions": questions_of(file.layout, file.sheet.columns()),
        "remembered": file.remembered,
        "state": "read",
        "rows": len(file.rows),
        "created": [],
        "read_at": work.now,
        "read_by": await caller_of(work),
        "version": 1,
    }
    await work.connection.execute(history_import.insert().values(**row))
    await keep_rows(work, import_id, file.sheet.rows, file.rows)
    payload = {"import_id": str(import_id)}
    await plan(work, Later(DROP, str(import_id), payload, work.now + KEPT_UNDECIDED))
    return None


async def kept_file(work: Work, import_id: UUID) -> tuple[Stored, list[Record], Grounds]:
    """An open import, its rows, and what they are read against now."""
    kept = await unsettled(work, import_id)
    records = [record_in(one) for one in await rows_of(work, import_id)]
    return kept, records, await grounds_for(work, kept["scope"])


def layout_asked(asked: DescribeLayout, width: int, scope: str) -> Layout:
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
    return _with_party(layout, scope)


async def describe_layout(
    work: Work,
    import_id: UUID,
    version: int,
    layout: Layout,
    records: Sequence[Record],
    rows: Sequence[Matched],
) -> Outcome:
    """Read the rows anew; what was decided about them is asked again."""
    kept = await open_import(work, import_id, version)
    columns = columns_of(len(layout.columns), [one.cells for one in records])
    changed: Mapping[str, Any] = {
        "layout": layout.to_json(),
        "questions": questions_of(layout, columns),
        "version": version + 1,
    }
    mine = history_import.c.id == import_id
    await work.connection.execute(history_import.update().where(mine).values(**changed))
    await keep_rows(work, import_id, records, rows)
    await remember_layout(work, kept["scope"], kept["layout_digest"], layout)
    return None


async def remember_layout(work: Work, scope: str, digest: str, layout: Layout) -> None:
    """The next file with the same headings is read so; what held for all rows of this one, not."""
    kept = replace(layout, defaults={}).to_json()
    mine = (history_layout.c.scope == scope) & (history_layout.c.digest == digest)
    await work.connection.execute(history_layout.delete().where(mine))
    row = {"scope": scope, "digest": digest, "layout": kept, "remembered_at": work.now}
    await work.connection.execute(history_layout.insert().values(**row))


def _with_party(layout: Layout, scope: str) -> Layout:
    """Where a file is of one party, its rows need not say which."""
    if not scope or "party" in layout.columns:
        return layout
    return replace(layout, defaults={**layout.defaults, "party": scope})
