"""The worker: consumes messages, tries deferred events again, and does jobs, until drained."""

import asyncio
from collections.abc import Mapping
from functools import partial

import structlog

from shared import jobs
from shared.context import Act, Actor, Context, Outcome, Work
from shared.jobs import DoJob, Job, TryAgain
from shared.messaging.crash import crash_point
from shared.messaging.deferred import due_letters, settle
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.reactions import Reactions
from shared.messaging.transport import Transport

SECONDS_BETWEEN_POLLS = 0.25
JOBS_AT_ONCE = 8
log = structlog.get_logger()


class Worker:
    """Does what events and clocks cause in one service. `drain()` lets it finish what it began."""

    def __init__(
        self,
        context: Context,
        transport: Transport,
        reactions: Reactions,
        job_kinds: Mapping[str, DoJob],
    ) -> None:
        self._context = context
        self._transport = transport
        self._dispatcher = Dispatcher(context, reactions)
        self._job_kinds = job_kinds
        self._draining = asyncio.Event()

    async def run(self) -> None:
        """Work until drained."""
        dispatch = self._dispatcher.dispatch
        consuming = self._transport.consume(self._context.service, dispatch, self._draining)
        await asyncio.gather(consuming, self._watch())

    def drain(self) -> None:
        """Stop taking new work; `run` returns when what was begun is finished."""
        self._draining.set()
        self._context.signals.work.set()

    async def _watch(self) -> None:
        """Deferred events and jobs, whenever something was committed, and on a slow poll."""
        while not self._draining.is_set():
            self._context.signals.work.clear()
            try:
                busy = await self._try_deferred() + await self._do_jobs()
            except Exception as error:
                log.warning("worker_turn_failed", service=self._context.service, exc_info=error)
                busy = 0
                await asyncio.sleep(SECONDS_BETWEEN_POLLS)
            if not busy:
                await self._rest()

    async def _try_deferred(self) -> int:
        letters = await due_letters(self._context)
        for letter in letters:
            setback = await self._dispatcher.try_again(letter.consumer, letter.type, letter.body)
            await settle(self._context, letter, setback)
        return len(letters)

    async def _do_jobs(self) -> int:
        claimed = await jobs.claim(self._context)
        limit = asyncio.Semaphore(JOBS_AT_ONCE)
        await asyncio.gather(*(self._do(one, limit) for one in claimed))
        return len(claimed)

    async def _do(self, one: Job, limit: asyncio.Semaphore) -> None:
        bound = structlog.contextvars.bound_contextvars(
            correlation_id=one.correlation_id, job=one.kind
        )
        async with limit:
            with bound:
                try:
                    crash_point("before-job")
                    conclude = await self._job_kinds[one.kind](one, self._context)
                    crash_point("before-job-recorded")
                    await self._context.commit(
                        partial(_conclude, one=one, conclude=conclude),
                        actor=Actor(self._context.service, "service"),
                        correlation_id=one.correlation_id,
                    )
                    crash_point("after-job")
                except TryAgain as again:
                    log.info("job_put_off", reason=str(again))
                    await jobs.put_off(self._context, one, str(again), again)
                except Exception as error:
                    log.warning("job_failed", attempt=one.attempt, exc_info=error)
                    await jobs.put_off(self._context, one, type(error).__name__, None)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._context.signals.work.wait(), SECONDS_BETWEEN_POLLS)
        except TimeoutError:
            return


async def _conclude(work: Work, *, one: Job, conclude: Act | None) -> Outcome:
    await jobs.finish(work.connection, one)
    return await conclude(work) if conclude else None
