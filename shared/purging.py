"""Purging: what is kept only so that nothing happens twice goes when nothing can come again.

An event that was set aside may be replayed at any time, so the inbox knows it for as long. What was
left unacknowledged when a service stopped comes again in the first hour, before the first turn.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import CursorResult, Table, exists, select, tuple_

from shared.context import Context
from shared.tables import deferred, inbox, job, stored_answer

KEPT = timedelta(days=90)
SECONDS_BETWEEN_TURNS = 3600.0
ROWS_AT_ONCE = 500
log = structlog.get_logger()


async def purge_now_and_then(
    context: Context, stop: asyncio.Event, kept_for_a_time: Sequence[Table] = ()
) -> None:
    """Purge once an hour, the first time after an hour, until told to stop."""
    while True:
        try:
            await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN_TURNS)
        except TimeoutError:
            await _purge_or_say_why_not(context, kept_for_a_time)
        else:
            return


async def purge(context: Context, kept_for_a_time: Sequence[Table] = ()) -> None:
    """Delete everything that is spent by the machine's clock, in small transactions; of a service's
    own tables those rows of which it has said until when they are kept, once the story's clock has
    passed that too."""
    async with context.database.reading() as connection:
        story = await context.clock.now(connection)
    for table, spent in _spent(context, kept_for_a_time, story).items():
        gone = ROWS_AT_ONCE
        while gone >= ROWS_AT_ONCE:
            gone = await _delete_some(context, table, spent)


def _spent(
    context: Context, kept_for_a_time: Sequence[Table], story: datetime
) -> Mapping[Table, Any]:
    now = context.clock.machine()
    set_aside = exists().where(
        deferred.c.consumer == inbox.c.consumer,
        deferred.c.source == inbox.c.source,
        deferred.c.event_id == inbox.c.event_id,
    )
    finished = job.c.state.in_(("done", "cancelled"))
    return {
        inbox: (inbox.c.taken_at < now - KEPT) & ~set_aside,
        job: finished & (job.c.finished_at < now - KEPT),
        stored_answer: stored_answer.c.kept_until <= now,
        **{table: table.c.kept_until <= min(now, story) for table in kept_for_a_time},
    }


async def _delete_some(context: Context, table: Table, spent: Any) -> int:
    """How many rows of one batch were deleted; nobody waits for it where there are none."""
    key = tuple_(*table.primary_key.columns)
    found = select(*table.primary_key.columns).where(spent).limit(ROWS_AT_ONCE)
    async with context.database.reading() as connection:
        if (await connection.execute(found.limit(1))).first() is None:
            return 0
    batch = found.with_for_update(skip_locked=True)
    async with context.database.writing() as connection:
        deleted: CursorResult[Any] = await connection.execute(table.delete().where(key.in_(batch)))
        return deleted.rowcount


async def _purge_or_say_why_not(context: Context, kept_for_a_time: Sequence[Table]) -> None:
    try:
        await purge(context, kept_for_a_time)
    except Exception as error:
        log.warning("purging_failed", service=context.service, exc_info=error)
