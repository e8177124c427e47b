"""(c) The whole chain in processes of its own: import, outbox, relay, three consumers."""

from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tests.benchmarks.contenders.nominations import CONSUMERS, PUBLISHER

from .children import child, have_imported
from .ground import Ground, peer_queue

WARM_UP = 100
OURS = "tests.benchmarks.contenders.ours"
NAIVE = "tests.benchmarks.contenders.naive"


@asynccontextmanager
async def our_chain(ground: Ground) -> AsyncIterator[Process]:
    """An importer, a relay and a worker for each consumer, as they run apart; the importer."""
    async with AsyncExitStack() as held:

        async def start(role: str, service: str) -> Process:
            place = (ground.url_of(service), ground.broker_url)
            return await held.enter_async_context(child(OURS, role, service, *place))

        for consumer in CONSUMERS:
            await start("worker", consumer)
        await start("relay", PUBLISHER)
        importer = await start("importer", PUBLISHER)
        await _warm_up(ground, importer)
        yield importer


@asynccontextmanager
async def naive_chain(ground: Ground) -> AsyncIterator[Process]:
    """The same processes, written as they are at first; the importer."""
    async with AsyncExitStack() as held:

        async def start(role: str, service: str, *queue: str) -> Process:
            place = (ground.url_of(service), ground.broker_url, *queue)
            return await held.enter_async_context(child(NAIVE, role, *place))

        for consumer in CONSUMERS:
            await start("consumer", consumer, peer_queue(consumer))
        await start("relay", PUBLISHER)
        importer = await start("importer", PUBLISHER)
        await _warm_up(ground, importer)
        yield importer


async def ours(ground: Ground, number: int) -> float:
    """Events a second through our chain."""
    async with our_chain(ground) as importer:
        return await _rate(ground, importer, number)


async def naive(ground: Ground, number: int) -> float:
    """Events a second through the naive chain."""
    async with naive_chain(ground) as importer:
        return await _rate(ground, importer, number)


async def _rate(ground: Ground, importer: Process, number: int) -> float:
    """From the first import until the last consumer has the last one."""
    before = await ground.kept(CONSUMERS[0])
    began, _ = await have_imported(importer, number)
    await ground.until_kept(before + number, *CONSUMERS)
    return number / (await ground.last_kept(*CONSUMERS) - began)


async def _warm_up(ground: Ground, importer: Process) -> None:
    await have_imported(importer, WARM_UP)
    await ground.until_kept(WARM_UP, *CONSUMERS)
