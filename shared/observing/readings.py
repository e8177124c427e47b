"""What is read from a service's own database when somebody asks: how much waits, and how long.

Asked often or by many, the same answer is given for a while; a database that is away answers by
one figure that says so.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Context
from shared.contracts import LANGUAGE
from shared.observing.measures import (
    DATABASE_ANSWERS,
    JOBS,
    JOBS_LATE,
    LETTERS,
    OUTBOX,
    OUTBOX_AGE,
)
from shared.observing.tally import Sample
from shared.tables import deferred, job, outbox

SECONDS_TO_KEEP = 10.0
SECONDS_TO_READ = 3.0
Reading = Callable[[Context, AsyncConnection], Awaitable[Sequence[Sample]]]
"""Figures from the database, all of one moment."""
log = structlog.get_logger()


class Readings:
    """The figures of one service's database that concern a process."""

    def __init__(self, context: Context, *readings: Reading) -> None:
        self._context = context
        self._readings = readings
        self._kept: list[Sample] = []
        self._read_at: float | None = None
        self._one_at_a_time = asyncio.Lock()

    async def taken(self) -> Sequence[Sample]:
        """The figures as they were at most a few seconds ago. Never raises."""
        async with self._one_at_a_time:
            now = time.monotonic()
            if self._read_at is None or now - self._read_at > SECONDS_TO_KEEP:
                self._kept, self._read_at = await self._read(), now
            return self._kept

    async def _read(self) -> list[Sample]:
        samples: list[Sample] = []
        try:
            async with (
                asyncio.timeout(SECONDS_TO_READ),
                self._context.database.reading() as connection,
            ):
                for reading in self._readings:
                    samples += await reading(self._context, connection)
        except Exception as error:
            service, kind = self._context.service, type(error).__name__
            log.warning("figures_not_read", service=service, error=kind)
            return [Sample(DATABASE_ANSWERS, (), 0)]
        return [*samples, Sample(DATABASE_ANSWERS, (), 1)]


async def what_waits_to_leave(context: Context, connection: AsyncConnection) -> Sequence[Sample]:
    """How full the outbox is, and how old what waits longest there."""
    query = select(func.count().label("events"), func.min(outbox.c.staged_at).label("oldest"))
    row = (await connection.execute(query.select_from(outbox))).one()
    return [
        Sample(OUTBOX, (), row.events),
        Sample(OUTBOX_AGE, (), _seconds_since(context, row.oldest)),
    ]


async def what_was_set_aside(_context: Context, connection: AsyncConnection) -> Sequence[Sample]:
    """Events that wait for a fact, are held for a person, or are parked."""
    kinds = (deferred.c.consumer, deferred.c.type, deferred.c.state)
    found: dict[tuple[str, ...], int] = {}
    for row in await connection.execute(select(*kinds, func.count()).group_by(*kinds)):
        consumer, event_type, state, number = row
        labels = (consumer, event_type if event_type in LANGUAGE else "unknown", state)
        found[labels] = found.get(labels, 0) + number
    return [Sample(LETTERS, labels, number) for labels, number in found.items()]


async def what_is_to_be_done(context: Context, connection: AsyncConnection) -> Sequence[Sample]:
    """Jobs that are not over, and how late the latest is that could be done now."""
    kinds = (job.c.kind, job.c.state)
    open_ones = job.c.state.in_(("waiting", "running", "failed"))
    counted = select(*kinds, func.count()).where(open_ones).group_by(*kinds)
    numbers = (await connection.execute(counted)).all()
    due = (job.c.state == "waiting") & (job.c.due_at <= await context.clock.now(connection))
    orphaned = job.c.state == "running"
    since = case((orphaned, job.c.lease_until), else_=_came_due(context))
    oldest = select(func.min(since)).where(or_(due, orphaned))
    late = _seconds_since(context, (await connection.execute(oldest)).scalar_one())
    found = [Sample(JOBS, (kind, state), number) for kind, state, number in numbers]
    return [*found, Sample(JOBS_LATE, (), late)]


def _came_due(context: Context) -> Any:
    """When a job could be begun. In a story only the machine's clock says how long ago that was."""
    if context.clock.is_story:
        return job.c.retry_at
    return case((job.c.due_at > job.c.retry_at, job.c.due_at), else_=job.c.retry_at)


def _seconds_since(context: Context, moment: datetime | None) -> float:
    return max((context.clock.machine() - moment).total_seconds(), 0) if moment else 0
