"""The worker: consumes messages, tries deferred events again, and does jobs, until drained."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Table

from shared import jobs
from shared.context import Act, Context, Outcome, Work
from shared.database import is_unavailable
from shared.jobs import DoJob, Job, TryAgain
from shared.messaging import deferred
from shared.messaging.crash import crash_point
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.reactions import Reactions
from shared.messaging.transport import Transport
from shared.purging import purge_now_and_then

SECONDS_BETWEEN_POLLS = 5.0
"""When something was committed or comes due is known; this covers notices that did not come."""
SECONDS_AFTER_A_FAILURE = 0.25
JOBS_IN_HAND = 20
JOBS_AT_ONCE = 8
SECONDS_OF_A_TURN = 1.0
"""After so long more jobs are claimed, whatever is still at it."""
NextTry = Callable[[Context], Awaitable[datetime | None]]
Turn = Callable[[], Awaitable[None]]
log = structlog.get_logger()


class Worker:
    """Does what events and clocks cause in one service. `drain()` lets it finish what it began."""

    def __init__(
        self,
        context: Context,
        transport: Transport,
        reactions: Reactions,
        job_kinds: Mapping[str, DoJob],
        kept_for_a_time: Sequence[Table] = (),
    ) -> None:
        self._context = context
        self._transport = transport
        self._dispatcher = Dispatcher(context, reactions)
        self._job_kinds = job_kinds
        self._kept_for_a_time = kept_for_a_time
        self._doing: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(JOBS_AT_ONCE)
        self._draining = context.signals.draining = asyncio.Event()

    async def run(self) -> None:
        """Work until drained."""
        dispatch = self._dispatcher.dispatch
        consuming = self._transport.consume(self._context.service, dispatch, self._draining)
        signals = self._context.signals
        try:
            await asyncio.gather(
                consuming,
                self._watch(signals.deferred, deferred.next_try, self._try_deferred),
                self._watch(signals.jobs, jobs.next_try, self._do_jobs),
                purge_now_and_then(self._context, self._draining, self._kept_for_a_time),
            )
            await self._finish_jobs()
        finally:
            for task in self._doing:
                task.cancel()

    def drain(self) -> None:
        """Stop taking new work; `run` returns when what was begun is finished."""
        self._draining.set()
        self._context.signals.deferred.set()
        self._context.signals.jobs.set()

    async def _watch(self, signal: asyncio.Event, next_try: NextTry, turn: Turn) -> None:
        """Take turns whenever something was committed or comes due, and look on a slow poll."""
        away = False
        while not self._draining.is_set():
            signal.clear()
            try:
                rest = await self._seconds_until(next_try)
                if rest == 0:
                    await turn()
                away = False
            except Exception as error:
                service, was_away, away = self._context.service, away, is_unavailable(error)
                if not away:
                    log.warning("worker_turn_failed", service=service, exc_info=error)
                elif not was_away:
                    log.warning("database_is_away", service=service, error=type(error).__name__)
                rest = SECONDS_AFTER_A_FAILURE
                await asyncio.sleep(rest)
            if rest:
                await _until(signal, rest)

    async def _seconds_until(self, next_try: NextTry) -> float:
        due = await next_try(self._context)
        if due is None:
            return SECONDS_BETWEEN_POLLS
        ahead = (due - self._context.clock.machine()).total_seconds()
        return min(max(ahead, 0), SECONDS_BETWEEN_POLLS)

    async def _try_deferred(self) -> None:
        for letter in await deferred.due_letters(self._context):
            await self._dispatcher.try_letter(letter)

    async def _do_jobs(self) -> None:
        """Do what is due; what takes longer than a turn goes on beside the next ones."""
        room = JOBS_IN_HAND - len(self._doing)
        if room:
            claimed = await jobs.claim(self._context, room)
            begun = {asyncio.create_task(self._do(one)) for one in claimed}
            self._doing |= begun
            if begun:
                await asyncio.wait(begun, timeout=SECONDS_OF_A_TURN)
        else:
            await asyncio.wait(self._doing, return_when=asyncio.FIRST_COMPLETED)
        self._see_what_ended()

    async def _finish_jobs(self) -> None:
        if self._doing:
            await asyncio.wait(self._doing)
        self._see_what_ended()

    def _see_what_ended(self) -> None:
        ended = {task for task in self._doing if task.done()}
        self._doing -= ended
        for task in ended:
            task.result()

    async def _do(self, one: Job) -> None:
        bound = structlog.contextvars.bound_contextvars(
            correlation_id=one.correlation_id, job=one.kind
        )
        async with self._at_once:
            with bound, self._context.observer.doing(one):
                try:
                    crash_point("before-job")
                    conclude = await self._job_kinds[one.kind](one, self._context)
                    crash_point("before-job-recorded")
                    await self._context.commit(
                        partial(_conclude, one=one, conclude=conclude),
                        actor=self._context.itself,
                        correlation_id=one.correlation_id,
                    )
                    crash_point("after-job")
                except TryAgain as again:
                    log.info("job_put_off", reason=str(again))
                    await jobs.put_off(self._context, one, str(again), again)
                except Exception as error:
                    log.warning("job_failed", attempt=one.attempt, exc_info=error)
                    name = type(error).__name__
                    away = TryAgain(name, for_ever=True) if is_unavailable(error) else None
                    await jobs.put_off(self._context, one, name, away)


async def _until(signal: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(signal.wait(), seconds)
    except TimeoutError:
        return


async def _conclude(work: Work, *, one: Job, conclude: Act | None) -> Outcome:
    await jobs.finish(work, one)
    return await conclude(work) if conclude else None
