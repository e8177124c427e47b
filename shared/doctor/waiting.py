"""What waits in a service for longer than it should, and what waits for a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Context
from shared.tables import deferred, job, outbox

from .finding import Check, Found, right, warning, wrong

SLOW, STUCK = timedelta(minutes=1), timedelta(minutes=10)
"""An event leaves the outbox in milliseconds; a job that is due starts within a second or two."""
LONG = timedelta(hours=1)


def checks_of(context: Context) -> Sequence[Check]:
    """All checks of what waits."""
    return [
        Check("outbox", lambda: outbox_is_carried_out(context)),
        Check("deferred", lambda: what_waits_finds_its_fact(context)),
        Check("parked", lambda: nothing_is_set_aside(context)),
        Check("jobs", lambda: jobs_are_done(context)),
    ]


async def outbox_is_carried_out(context: Context) -> Found:
    """A relay takes events to where they are heard."""
    async with context.database.reading() as connection:
        number = await _number(connection, outbox)
        oldest = await _least(connection, outbox.c.staged_at)
    if oldest is None:
        return right("empty")
    waited = context.clock.machine() - oldest
    said = f"{number} events wait, the oldest for {_long(waited)}"
    remedy = "see that a relay of this service runs and reaches the broker (its log)"
    if waited >= STUCK:
        return wrong(said, remedy)
    return warning(said, remedy) if waited >= SLOW else right(said)


async def what_waits_finds_its_fact(context: Context) -> Found:
    """Events that came before a fact they need do not wait for it for long."""
    async with context.database.reading() as connection:
        waiting = deferred.c.state == "waiting"
        number = await _number(connection, deferred, waiting)
        since = func.coalesce(deferred.c.tried_since, deferred.c.first_at)
        oldest = await _least(connection, since, waiting)
    if oldest is None:
        return right("nothing waits for an earlier fact")
    waited = context.clock.machine() - oldest
    said = f"{number} events wait for an earlier fact, the oldest for {_long(waited)}"
    if waited < LONG:
        return right(said)
    return warning(said, "`deadletters list` says for what; its owner can `announce` it")


async def nothing_is_set_aside(context: Context) -> Found:
    """No event waits for a person."""
    async with context.database.reading() as connection:
        parked = await _number(connection, deferred, deferred.c.state == "parked")
        held = await _number(connection, deferred, deferred.c.state == "held")
    if not parked + held:
        return right("no event waits for a person")
    said = f"{parked} events are parked, {held} are held: they wait for a person"
    return warning(said, "`deadletters list`, then show, replay or discard each")


async def jobs_are_done(context: Context) -> Found:
    """A worker does what is due, and nothing was given up."""
    machine = context.clock.machine()
    async with context.database.reading() as connection:
        now = await context.clock.now(connection)
        failed = await _number(connection, job, job.c.state == "failed")
        ripe = (job.c.state == "waiting") & (job.c.due_at <= now)
        late = await _number(connection, job, ripe, job.c.retry_at < machine - STUCK)
        left = (job.c.state == "running") & (job.c.lease_until < machine - STUCK)
        late += await _number(connection, job, left)
    if late:
        said = f"{late} jobs are due for more than {_long(STUCK)}; {failed} were given up"
        return wrong(said, "see that a worker of this service runs (its log)")
    if failed:
        said = f"{failed} jobs were given up after many tries"
        return warning(said, "SELECT kind, error FROM job WHERE state = 'failed', and see its log")
    return right("none is late, none was given up")


def _long(span: timedelta) -> str:
    seconds = max(int(span.total_seconds()), 0)
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


async def _number(connection: AsyncConnection, table: Table, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(*which)
    return int((await connection.execute(query)).scalar_one())


async def _least(
    connection: AsyncConnection, column: Any, *which: ColumnElement[bool]
) -> datetime | None:
    found: datetime | None = (
        await connection.execute(select(func.min(column)).where(*which))
    ).scalar_one()
    return found
