"""A selection computed by a worker: with no transaction open, and never for nothing.

Once a second at most it is written down how far it came, the lease is renewed, and it is looked
whether anybody still wants it."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog

from shared.context import Act, Context, Outcome, Work
from shared.jobs import Job, TryAgain, hold

from ..commands.found import fail_run, record_found
from ..domain.run_states import RunState
from ..tables import selection_run
from .candidates import Pool, pool_of
from .in_a_thread import NotWanted, Progress, watched
from .methods import find
from .runs import locked_run, move_run
from .seeds import required_seed

FAILURES = 3
"""After so many errors of one run a person has to look at it."""
log = structlog.get_logger()


async def compute_selection(job: Job, context: Context) -> Act | None:
    """Find the panel of a run; the act that records it, or None where nobody wants it any more."""
    run_id = UUID(job.payload["run_id"])
    begun = _Begin(job, run_id)
    await _commit(context, job, begun)
    if begun.pool is None:
        return None
    try:
        found = await watched(
            partial(find, begun.pool, begun.salt), partial(_look, context, job, run_id)
        )
    except NotWanted:
        return None
    except TryAgain:
        raise
    except Exception as error:
        if job.attempt < FAILURES:
            raise
        log.exception("selection_failed", run_id=str(run_id))
        return partial(fail_run, run_id=run_id, why=type(error).__name__)
    return partial(record_found, run_id=run_id, pool=begun.pool, found=found)


@dataclass
class _Begin:
    """The act that reads the pool of a run; it stays None where the run was given up."""

    job: Job
    run_id: UUID
    salt: str | None = None
    """Of the codes of a lottery."""
    pool: Pool | None = None

    async def __call__(self, work: Work) -> Outcome:
        run, _ = await locked_run(work, self.run_id)
        if run["state"] not in ("waiting", "running") or not await hold(work, self.job):
            return None
        self.pool = await pool_of(work, run["call_id"])
        if run["method"] == "lottery":
            seed = await required_seed(work, run["call_id"])
            self.salt = seed["salt"]
        started = {"started_at": work.now, "pool_digest": self.pool.digest, "progress": {}}
        await move_run(work, run, RunState.RUNNING, **started)
        return None


async def _look(context: Context, job: Job, run_id: UUID, progress: Progress) -> bool:
    """Whether the run is still wanted. Raises `TryAgain` where this worker is to end, or another
    one has taken over."""
    if context.signals.draining.is_set():
        raise TryAgain("draining", for_ever=True)
    looked = _Look(job, run_id, progress)
    await _commit(context, job, looked)
    return looked.wanted


@dataclass
class _Look:
    """The act that writes down how far a run came."""

    job: Job
    run_id: UUID
    progress: Progress
    wanted: bool = True

    async def __call__(self, work: Work) -> Outcome:
        work.makes_due = False
        if not await hold(work, self.job):
            raise TryAgain("taken-over")
        mine = (selection_run.c.id == self.run_id) & (selection_run.c.state == "running")
        change = selection_run.update().where(mine).values(progress=dict(self.progress))
        found = await work.connection.execute(change.returning(selection_run.c.id))
        self.wanted = found.one_or_none() is not None
        return None


async def _commit(context: Context, job: Job, act: Act) -> None:
    await context.commit(act, actor=context.itself, correlation_id=job.correlation_id)
