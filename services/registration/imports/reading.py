"""The job that reads the file of an import, a batch of rows in each transaction.

A reader that died is followed by another, which reads from the beginning and keeps what is new."""

import asyncio
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Act, Actor, Context, Outcome, Work
from shared.jobs import Job, hold
from shared.messaging.crash import crash_point

from ..domain.import_states import ImportState
from ..loading import Stored, by_id, first
from ..nominees.nominating import nominating_of
from ..roster.reading import Reading
from ..tables import call, roster_import
from .across_rows import compare_rows
from .checking import check_rows
from .files import copy_file, forget_file
from .limits import MOST_ROWS, ROWS_AT_ONCE
from .rows import Read, keep_problems, keep_rows
from .standing import locked_import, move_import

READ = "read_import"


class NobodyWaits(Exception):
    """The import was discarded, or another reader is at it."""


async def read_import(job: Job, context: Context) -> Act | None:
    """Read a file in a stream, and say what it would do."""
    import_id = UUID(job.payload["import_id"])
    async with context.database.reading() as connection:
        now = await context.clock.now(connection)
        work = Work(context, connection, _actor(context), now, job.correlation_id)
        imported = await first(work, select(roster_import).where(roster_import.c.id == import_id))
        if imported is None or imported["state"] != ImportState.READING:
            return None
        held = await by_id(work, call, imported["call_id"])
        nominating = await nominating_of(work, held, imported["party"])
    with TemporaryFile() as file:
        await copy_file(context, import_id, file)
        reading = await asyncio.to_thread(Reading, file, nominating, MOST_ROWS)
        try:
            await _read_on(job, context, imported, reading)
        except NobodyWaits:
            return None
    return partial(conclude_reading, import_id=import_id, reading=reading)


async def _read_on(job: Job, context: Context, imported: Stored, reading: Reading) -> None:
    rows, kept = iter(reading), 0
    while batch := await asyncio.to_thread(lambda: list(islice(rows, ROWS_AT_ONCE))):
        kept += len(batch)
        await context.commit(
            partial(_keep, job=job, imported=imported, batch=batch, kept=kept, reading=reading),
            actor=_actor(context),
            correlation_id=job.correlation_id,
        )
        crash_point("in-reading-import")


async def _keep(
    work: Work, *, job: Job, imported: Stored, batch: list[Read], kept: int, reading: Reading
) -> Outcome:
    now = await by_id(work, roster_import, imported["id"])
    if now["state"] != ImportState.READING or not await hold(work, job):
        raise NobodyWaits
    await keep_rows(work, imported["id"], batch, imported["kept_until"])
    values: dict[str, Any] = {
        "rows_read": max(kept, now["rows_read"]),
        "rows_total": max(reading.opened.total - 1, kept),
    }
    await _note(work, imported["id"], values)
    return None


async def conclude_reading(work: Work, *, import_id: UUID, reading: Reading) -> Outcome:
    """All rows are kept: compare them, judge them, and let the file go."""
    imported, held = await locked_import(work, import_id)
    if imported["state"] != ImportState.READING:
        return None
    imported["letters"] = dict(reading.header.letters)
    await keep_problems(work, import_id, reading.problems, imported["kept_until"])
    await compare_rows(work, imported)
    figures = await check_rows(work, imported, held)
    await forget_file(work, import_id)
    await move_import(
        work,
        imported,
        ImportState.READ,
        figures=dict(figures),
        rows_total=imported["rows_read"],
        encoding=reading.opened.encoding,
        delimiter=reading.opened.delimiter,
        letters=imported["letters"],
        read_at=work.now,
    )
    return None


async def _note(work: Work, import_id: UUID, values: dict[str, Any]) -> None:
    mine = roster_import.c.id == import_id
    await work.connection.execute(roster_import.update().where(mine).values(**values))


def _actor(context: Context) -> Actor:
    return Actor(context.service, "service")
