"""What the rows of a file of past participations say, and whose they are: found for some rows at a
time, with no transaction open."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work

from ..domain.import_states import ImportState
from ..imports.kinds import Way
from ..imports.limits import ROWS_READ_AT_ONCE
from ..imports.problems import drop_judgements, keep_problems, with_letter
from ..imports.standing import move_import
from ..loading import Stored, several
from ..roster.workbook.sheet import letters_of
from ..roster.written_days import Evidence
from ..tables import history_import, history_row
from .fields import Field
from .grounds import Grounds, grounds_for, remembered_layout
from .guessing import Because, guess
from .kept_rows import keep_matches, record_in
from .layout import (
    Layout,
    digest_of,
    evidence_in,
    orders_of,
    questions_about,
    with_party,
)
from .matching import Matched, Matching
from .rows import Reader
from .sheet import columns_of

ROWS_THAT_TELL = 1000


async def judging(work: Work, imported: Stored) -> Way:
    """The way through all rows: read by the layout that a person gave, one like it had before, or
    that is guessed."""
    scope = imported["scope"]
    grounds = await grounds_for(work, scope, [scope] if scope else imported["parties"])
    layout, remembered = await _layout(work, imported, grounds)
    evidence: dict[Field, Evidence] = {}
    async for cells in _cells(work, imported["id"]):
        columns = columns_of(len(layout.columns), cells)
        for name, told in (await asyncio.to_thread(evidence_in, layout, columns)).items():
            evidence[name] = evidence.get(name, Evidence(0, 0, 0)) + told
    reader = Reader(layout, orders_of(layout, evidence), grounds.parties, grounds.today)
    matching = Matching(grounds.officers, set(grounds.recorded))
    judge = _Judge(layout, remembered, evidence, reader, matching)
    return Way(judge.some, judge.conclude, think=judge.think, afresh=True)


@dataclass
class _Judge:
    """Reads and matches the rows in their order: one may be of the officer of an earlier one."""

    layout: Layout
    remembered: bool
    evidence: Mapping[Field, Evidence]
    reader: Reader
    matching: Matching
    found: dict[int, Matched] = field(default_factory=dict)

    def think(self, rows: Sequence[Stored]) -> None:
        """Find what some rows say, and whose they are."""
        read = [self.reader.read(record_in(one)) for one in rows]
        self.found = {one.row: self.matching.match(one) for one in read}

    async def some(self, work: Work, imported: Stored, rows: Sequence[Stored]) -> list[Any]:
        """Keep what was found, of rows that are still there."""
        found = [self.found[one["row"]] for one in rows if one["row"] in self.found]
        await drop_judgements(work, imported["id"], [one.row.row for one in found])
        places = enumerate(self.layout.columns)
        letters = {str(name): letters_of(at) for at, name in places if name}
        problems = [with_letter(each, letters) for one in found for each in one.row.problems]
        await keep_problems(work, imported["id"], problems, imported["kept_until"], of_call=True)
        await keep_matches(work, imported["id"], found)
        return []

    async def conclude(self, work: Work, imported: Stored) -> Stored:
        """The file is read; what has to be said first is asked."""
        questions = questions_about(self.layout, self.evidence) if imported["headings"] else []
        return await move_import(
            work,
            history_import,
            imported,
            ImportState.READ,
            layout=self.layout.to_json(),
            remembered=self.remembered,
            questions=[
                {"column": one.column, "code": one.fault.code, "message": one.fault.message}
                for one in questions
            ],
        )


async def _layout(work: Work, imported: Stored, grounds: Grounds) -> tuple[Layout, bool]:
    """How a file is read, and whether that is remembered from one like it."""
    if imported["layout"]:
        return Layout.from_json(imported["layout"]), imported["remembered"]
    headings = tuple(imported["headings"])
    kept = await remembered_layout(work, grounds.scope, digest_of(headings))
    if kept and len(kept.columns) == len(headings):
        because: list[Because] = ["remembered" if one else "none" for one in kept.columns]
        return with_party(replace(kept, because=tuple(because)), grounds.scope), True
    query = select(history_row.c.cells).where(history_row.c.import_id == imported["id"])
    rows = await several(work, query.order_by(history_row.c.row).limit(ROWS_THAT_TELL))
    columns = columns_of(len(headings), [one["cells"] for one in rows])
    found = await asyncio.to_thread(guess, headings, columns, grounds.parties)
    layout = Layout(tuple(one.field for one in found), tuple(one.because for one in found))
    return with_party(layout, grounds.scope), False


async def _cells(work: Work, import_id: UUID) -> AsyncIterator[list[Sequence[str]]]:
    """The cells of all rows, some at a time."""
    after = -1
    while True:
        beyond = (history_row.c.import_id == import_id) & (history_row.c.row > after)
        query = select(history_row.c.row, history_row.c.cells).where(beyond)
        rows = await several(work, query.order_by(history_row.c.row).limit(ROWS_READ_AT_ONCE))
        if not rows:
            return
        after = rows[-1]["row"]
        yield [one["cells"] for one in rows]
