"""Slow work and timers as durable rows, written with the fact that causes them.

A job is claimed in one transaction, done with none open, and its result recorded in another. It
runs when both clocks have passed: `due_at` by the story's, `retry_at` by the machine's.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select

from shared.context import Act, Context, Work
from shared.database import Instant, insert_new
from shared.database.common_clock import as_machine_time, common_now
from shared.ids import new_id
from shared.tables import job

LEASE = timedelta(minutes=2)
ATTEMPTS = 12
LONGEST_DELAY = timedelta(minutes=10)
_COMES_DUE = select(func.min(job.c.due_at)).where(
    job.c.state == "waiting", job.c.due_at > bindparam("now", type_=Instant)
)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work as claimed. `interrupted` says that an earlier try may have had effect."""

    id: UUID
    kind: str
    key: str
    payload: Mapping[str, Any]
    person_id: UUID | None
    attempt: int
    interrupted: bool
    correlation_id: str
    due_at: datetime
    traceparent: str | None = None


DoJob = Callable[[Job, Context], Awaitable[Act | None]]
"""Does the work with no transaction open; answers the act that records its result."""


class TryAgain(Exception):
    """The work could not be done now; it is safe to do it again.

    `after` is a delay by the machine's clock, or None for a growing one; `for_ever` keeps trying
    beyond the usual number of attempts.
    """

    def __init__(
        self, reason: str, *, after: timedelta | None = None, for_ever: bool = False
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.for_ever = for_ever


@dataclass(frozen=True, slots=True)
class Later:
    """Work to be done: once per kind and key, not before `due_at`."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    due_at: datetime
    person_id: UUID | None = None


async def plan(work: Work, *jobs: Later) -> int:
    """Have work done later; how many of the jobs were not planned before."""
    rows = [
        {
            "id": new_id(),
            "kind": later.kind,
            "key": later.key,
            "payload": dict(later.payload),
            "person_id": later.person_id,
            "state": "waiting",
            "due_at": later.due_at,
            "retry_at": work.context.clock.machine(),
            "lease_until": None,
            "attempt": 0,
            "interrupted": False,
            "correlation_id": work.correlation_id,
            "traceparent": work.context.observer.traces.traceparent(),
            "error": None,
            "finished_at": None,
        }
        for later in jobs
    ]
    work.makes_due = True
    return len(await insert_new(work.connection, job, rows))


async def cancel(work: Work, kind: str, *keys: str) -> None:
    """Have waiting work not done after all."""
    waiting = (job.c.kind == kind) & job.c.key.in_(keys) & (job.c.state == "waiting")
    ended = {"state": "cancelled", "finished_at": work.context.clock.machine()}
    await work.connection.execute(job.update().where(waiting).values(**ended))


async def unplan(work: Work, kind: str, *keys: str) -> None:
    """Have work that nobody is at be as if it had never been planned; it may be planned anew."""
    idle = (job.c.kind == kind) & job.c.key.in_(keys) & job.c.state.in_(("waiting", "done"))
    await work.connection.execute(job.delete().where(idle))


def is_left(now: Any) -> ColumnElement[bool]:
    """Of jobs: those that the story's clock lets be done, and those that somebody is at."""
    ripe = (job.c.state == "waiting") & (job.c.due_at <= now)
    return or_(ripe, job.c.state == "running")


async def next_try(context: Context) -> datetime | None:
    """When there is work to claim, by the machine's clock: what the story's clock lets be done,
    and what a claimant that died leaves behind; where the two clocks are one, also what is not due
    yet.

    Where there is work now, it is not looked for what comes first: much may be due at once.
    """
    async with context.database.reading() as connection:
        now, machine = await context.clock.now(connection), context.clock.machine()
        if (await connection.execute(_waiting(now, machine, limit=1))).first():
            return machine
        lease_ends = as_machine_time(connection, machine, job.c.lease_until)
        machine_time = case((job.c.state == "running", lease_ends), else_=job.c.retry_at)
        query = select(func.min(machine_time)).where(is_left(now))
        found = [(await connection.execute(query)).scalar_one()]
        if not context.clock.is_story:
            found.append((await connection.execute(_COMES_DUE, {"now": now})).scalar_one())
        return min(filter(None, found), default=None)


async def claim(context: Context, limit: int = 20) -> Sequence[Job]:
    """Take due work, and work whose claimant died; nobody else gets it while the lease lasts."""
    machine = context.clock.machine()
    async with context.database.writing() as connection:
        now = await context.clock.now(connection)
        left = _orphaned(common_now(connection, machine), limit).with_for_update(skip_locked=True)
        found = list(await connection.execute(left))
        due = _waiting(now, machine, limit - len(found)).with_for_update(skip_locked=True)
        found += await connection.execute(due)
        for row in found:
            await connection.execute(
                job.update()
                .where(job.c.id == row.id)
                .values(
                    state="running",
                    lease_until=common_now(connection, machine, LEASE),
                    attempt=row.attempt + 1,
                    interrupted=row.interrupted or row.state == "running",
                )
            )
    return [
        Job(
            id=row.id,
            kind=row.kind,
            key=row.key,
            payload=row.payload,
            person_id=row.person_id,
            attempt=row.attempt + 1,
            interrupted=row.interrupted or row.state == "running",
            correlation_id=row.correlation_id,
            due_at=row.due_at,
            traceparent=row.traceparent,
        )
        for row in found
    ]


async def hold(work: Work, one: Job) -> bool:
    """Start the lease anew before a step that may take long; whether the claim still stands."""
    lease = common_now(work.connection, work.context.clock.machine(), LEASE)
    renewed = {"lease_until": lease}
    change = job.update().where(_claimed(one)).values(**renewed).returning(job.c.id)
    return (await work.connection.execute(change)).one_or_none() is not None


async def finish(work: Work, done: Job) -> None:
    """Mark a job as done, in the transaction that records its result."""
    finished = {"state": "done", "finished_at": work.context.clock.machine()}
    change = job.update().where(_claimed(done)).values(**finished, lease_until=None, error=None)
    await work.connection.execute(change)
    work.accounts.append(("job", "", done.kind, 1))


async def put_off(context: Context, one: Job, error: str, again: TryAgain | None) -> None:
    """Have work tried again after a delay, or give it up as failed for a person to look at."""
    delay = (
        again.after
        if again and again.after
        else min(timedelta(seconds=0.5) * 2 ** min(one.attempt, 20), LONGEST_DELAY)
    )
    spent = one.attempt >= ATTEMPTS and not (again and again.for_ever)
    async with context.database.writing() as connection:
        await connection.execute(
            job.update()
            .where(_claimed(one))
            .values(
                state="failed" if spent else "waiting",
                retry_at=context.clock.machine() + delay,
                lease_until=None,
                error=error,
            )
        )
    context.observer.job_was_put_off(one.kind, for_good=spent)


async def release_all(context: Context) -> None:
    """End every lease: only where no other process can hold one, as when a folder is locked."""
    async with context.database.writing() as connection:
        ended = {"lease_until": context.clock.machine() - timedelta(seconds=1)}
        await connection.execute(job.update().where(job.c.state == "running").values(**ended))


def _claimed(one: Job) -> Any:
    """Still in the hands of this claimant, and not of one who came after its lease had ended."""
    return (job.c.id == one.id) & (job.c.state == "running") & (job.c.attempt == one.attempt)


def _waiting(now: datetime, machine: datetime, limit: int) -> Select[Any]:
    """What both clocks let be done, read along an index however much of it there is."""
    ripe = (job.c.state == "waiting") & (job.c.due_at <= now) & (job.c.retry_at <= machine)
    return select(job).where(ripe).order_by(job.c.due_at, job.c.id).limit(limit)


def _orphaned(now: ColumnElement[Any], limit: int) -> Select[Any]:
    """What a claimant that died leaves behind, by the clock that all claimants have in common."""
    left = (job.c.state == "running") & (job.c.lease_until < now)
    return select(job).where(left).order_by(job.c.due_at, job.c.id).limit(limit)
