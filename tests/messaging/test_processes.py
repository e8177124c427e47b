"""Several processes of one service share its work: one relay leads, and any number of workers."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from subprocess import DEVNULL

from sqlalchemy import text

from shared.messaging.rabbit import RabbitTransport
from shared.worker import Worker
from tests.messaging.rig import Rig, freed_seat, over_rabbitmq
from tests.programs import Program, forked

pytestmark = over_rabbitmq
SECONDS_TO_STOP = 20
LEADS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory'"
ASKS_TO_LEAD = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
    f"AND query LIKE 'SELECT pg_try_advisory_lock%' AND pid NOT IN ({LEADS})"
)


@asynccontextmanager
async def process(role: str, rig: Rig) -> AsyncIterator[Program]:
    """A process of the rig's teller (relay) or listener (worker); killed at the end."""
    context = rig.teller if role == "relay" else rig.listener
    arguments = (role, context.database.url, rig.place)
    started = forked("tests.messaging.roles", *arguments, environment={}, stderr=DEVNULL)
    try:
        yield started
    finally:
        started.kill()
        await started.wait()


async def told(rig: Rig, number: int = 1) -> list[str]:
    """What the listener has to do because of events that were now committed."""
    seats = [freed_seat() for _ in range(number)]
    await rig.tell(*seats)
    return [str(seat.offer_id) for seat in seats]


async def sessions(rig: Rig, *, leading: bool) -> list[int]:
    """The database's sessions that lead, or that wait to."""
    query = text(LEADS if leading else ASKS_TO_LEAD)
    async with rig.teller.database.reading() as connection:
        return list((await connection.execute(query)).scalars())


async def test_workers_that_compete_do_everything_once(rig: Rig) -> None:
    transports = [RabbitTransport(rig.place) for _ in range(3)]
    workers = [Worker(rig.listener, one, rig.reactions, {}) for one in transports]

    async with rig.running():
        working = [asyncio.create_task(worker.run()) for worker in workers]
        expected = [seat for _ in range(40) for seat in await told(rig, 5)]
        await rig.waits_for(rig.is_quiet)
        for worker in workers:
            worker.drain()
        await asyncio.gather(*working)

    assert await rig.effects() == sorted(expected)
    assert await rig.letters() == []


async def test_standby_relay_takes_over_when_the_leader_is_killed_or_cut_off(rig: Rig) -> None:
    async with process("relay", rig) as first:
        await rig.waits_for(_are(rig, leading=1, waiting=0))
        async with process("relay", rig) as second:
            await rig.waits_for(_are(rig, leading=1, waiting=1))
            [leader] = await sessions(rig, leading=True)

            first.kill()
            await told(rig)
            await rig.waits_for(lambda: _relayed(rig))
            [successor] = await sessions(rig, leading=True)

            async with process("relay", rig):
                await rig.waits_for(_are(rig, leading=1, waiting=1))
                await end_session(rig, successor)
                await rig.waits_for(lambda: _is_led_by_another(rig, successor))
                await rig.waits_for(_are(rig, leading=1, waiting=1))
                await told(rig)
                await rig.waits_for(lambda: _relayed(rig))
                [last] = await sessions(rig, leading=True)
            assert second.returncode is None

    assert len({leader, successor, last}) == 3
    assert await rig.transport.queued("scheduling") == 2


async def test_worker_told_to_stop_finishes_what_it_began_and_leaves_the_rest(rig: Rig) -> None:
    expected = []
    for _ in range(30):
        expected += await told(rig)
        await rig.relay()

    async with process("worker", rig) as worker:
        await rig.waits_for(lambda: _has_begun(rig))
        worker.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(worker.wait(), SECONDS_TO_STOP)
    done = await rig.effects()
    left = await rig.transport.queued("scheduling")
    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    assert code == 0
    assert left > 0
    assert len(done) + left == 30
    assert await rig.effects() == sorted(expected)


async def end_session(rig: Rig, pid: int) -> None:
    """Have the database end a session."""
    async with rig.teller.database.writing() as connection:
        await connection.execute(text(f"SELECT pg_terminate_backend({pid})"))


def _are(rig: Rig, *, leading: int, waiting: int) -> Callable[[], Awaitable[bool]]:
    async def so() -> bool:
        numbers = [len(await sessions(rig, leading=one)) for one in (True, False)]
        return numbers == [leading, waiting]

    return so


async def _is_led_by_another(rig: Rig, pid: int) -> bool:
    return pid not in await sessions(rig, leading=True)


async def _relayed(rig: Rig) -> bool:
    return await rig.staged() == 0


async def _has_begun(rig: Rig) -> bool:
    return len(await rig.effects()) > 0
