"""The job that takes an import of any kind from step to step, some rows in each transaction.

How far a step is stands on the import and is committed with the rows: a worker that died is
followed by another, which goes on where the last rows were committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select

from shared.context import Act, Context, Outcome, Work
from shared.jobs import Job, TryAgain, hold
from shared.messaging.crash import crash_point

from ..domain.import_states import ImportState
from ..loading import Stored, by_id, several
from .files import copy_file, forget_file
from .kinds import Kind, Source, Way
from .limits import rows_at_once
from .standing import move_import

T = TypeVar("T")
InState = Callable[[Work, Stored], Awaitable[Outcome]]


class NobodyWaits(Exception):
    """The import was moved by somebody, or another worker is at it."""


async def take_steps(job: Job, context: Context, *, kind: Kind) -> Act | None:
    """Do the step that was asked for, and those that follow by themselves."""
    run = _Run(job, context, kind)
    try:
        imported = await run.looks(lambda work: by_id(work, kind.imports, run.import_id))
        while True:
            state = ImportState(imported["state"])
            if state is ImportState.READING:
                imported = await run.reads(imported)
            elif state in kind.ways:
                imported = await run.goes_through(imported, state)
            else:
                return None
    except NobodyWaits:
        return None


@dataclass(frozen=True)
class _Run:
    """A worker at the steps of one import."""

    job: Job
    context: Context
    kind: Kind

    @property
    def import_id(self) -> UUID:
        return UUID(self.job.payload["import_id"])

    async def looks(self, query: Callable[[Work], Awaitable[T]]) -> T:
        """Read something with no transaction left open."""
        async with self.context.database.reading() as connection:
            now = await self.context.clock.now(connection)
            return await query(
                Work(self.context, connection, self.context.itself, now, self.job.correlation_id)
            )

    async def does(self, state: ImportState, act: InState) -> None:
        """Commit one act, in the name of who confirmed, while the import is in this state."""

        async def once(work: Work) -> Outcome:
            imported = await self.kind.locked(work, self.import_id)
            if imported["state"] != state or not await hold(work, self.job):
                raise NobodyWaits
            work.actor = replace(work.actor, **(imported["confirmed_by"] or {}))
            work.makes_due = False
            return await act(work, imported)

        if self.context.signals.draining.is_set():
            raise TryAgain("draining", for_ever=True)
        await self.context.commit(
            once, actor=self.context.itself, correlation_id=self.job.correlation_id
        )

    async def reads(self, imported: Stored) -> Stored:
        """Keep the rows of a file, from its beginning; those kept before are left as they are."""
        opened = await self.looks(lambda work: self.kind.opened(work, imported))
        with TemporaryFile() as file:
            await copy_file(self.context, self.import_id, file)
            source = await asyncio.to_thread(opened, file)
            rows, kept = iter(source), 0
            while batch := await asyncio.to_thread(_next_of, rows):
                kept += len(batch)
                await self.does(ImportState.READING, _Keep(self.kind, source, batch, kept))
                crash_point("in-reading-import")
            last = _ConcludeReading(self.kind, source)
            await self.does(ImportState.READING, last)
        return last.moved

    async def goes_through(self, imported: Stored, state: ImportState) -> Stored:
        """Work on the rows from where the last worker was, until there are none left."""
        way = await self.looks(lambda work: self.kind.way(work, imported))
        one = _Some(self.kind, way, self.import_id, rows_at_once(state), begins=way.afresh)
        while one.moved is None:
            if way.think:
                rows = await self.looks(one.next_rows)
                await asyncio.to_thread(way.think, rows)
            await self.does(state, one)
            crash_point(f"in-{state}-import")
        return one.moved


@dataclass
class _Keep:
    """The act that keeps some rows of a file."""

    kind: Kind
    source: Source
    batch: list[Any]
    kept: int

    async def __call__(self, work: Work, imported: Stored) -> Outcome:
        await self.kind.keep(work, imported, self.batch)
        about = max(self.kept, self.source.total)
        await _note(work, self.kind, imported, rows_read=self.kept, rows_total=about)
        return None


@dataclass
class _ConcludeReading:
    """The act that lets the file go, as all of its rows are kept."""

    kind: Kind
    source: Source
    moved: Stored = field(default_factory=dict)

    async def __call__(self, work: Work, imported: Stored) -> Outcome:
        told = await self.kind.read_whole(work, imported, self.source)
        await forget_file(work, imported["id"])
        total = {"rows_total": imported["rows_read"]}
        self.moved = await move_import(
            work, self.kind.imports, imported, ImportState.JUDGING, **total, **told
        )
        return None


@dataclass
class _Some:
    """The act that works on the next rows, or moves the import on where there are none."""

    kind: Kind
    way: Way
    import_id: UUID
    at_once: int
    begins: bool
    at_row: int | None = None
    moved: Stored | None = None

    async def next_rows(self, work: Work) -> Sequence[Stored]:
        """The rows that it would work on next."""
        return await self._after(work, -1 if self.at_row is None else self.at_row)

    async def __call__(self, work: Work, imported: Stored) -> Outcome:
        if self.begins or imported["at_row"] is None:
            imported |= {"at_row": -1, "rows_done": 0, "rows_due": await self._due(work)}
            self.begins = False
        rows = await self._after(work, imported["at_row"])
        if not rows:
            self.moved = await self.way.conclude(work, imported)
            return None
        events = await self.way.some(work, imported, rows)
        if events is None:
            self.moved = await by_id(work, self.kind.imports, imported["id"])
            return None
        self.at_row = rows[-1]["row"]
        done = imported["rows_done"] + len(rows)
        due = {"rows_due": imported["rows_due"]}
        await _note(work, self.kind, imported, at_row=self.at_row, rows_done=done, **due)
        return events

    @property
    def _table(self) -> Table:
        return self.kind.rows if self.way.table is None else self.way.table

    @property
    def _mine(self) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = self._table.c.import_id == self.import_id
        return mine if self.way.rows is None else mine & self.way.rows

    async def _due(self, work: Work) -> int:
        counted = select(func.count()).select_from(self._table).where(self._mine)
        return int((await work.connection.execute(counted)).scalar_one())

    async def _after(self, work: Work, row: int) -> Sequence[Stored]:
        query = select(self._table).where(self._mine, self._table.c.row > row)
        return await several(work, query.order_by(self._table.c.row).limit(self.at_once))


def _next_of(rows: Any) -> list[Any]:
    return list(islice(rows, rows_at_once(ImportState.READING)))


async def _note(work: Work, kind: Kind, imported: Stored, **values: Any) -> None:
    mine = kind.imports.c.id == imported["id"]
    await work.connection.execute(kind.imports.update().where(mine).values(**values))
