"""The peer of our consumer: a FastStream subscriber with one SQLAlchemy transaction an event.

`python -m tests.benchmarks.contenders.plain_faststream DATABASE_URL BROKER_URL QUEUE`
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable

from faststream import AckPolicy
from faststream.rabbit import Channel, RabbitBroker, RabbitQueue
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import create_async_engine

from shared.contracts.registration import NominationSubmitted
from shared.process.loop import run_in_loop

from .nominations import nomination, row_of

PREFETCH = 16
"""How many messages it has in hand, and how many connections."""


class Told(BaseModel):
    """What it reads of an event."""

    id: str
    data: NominationSubmitted


async def consume_until_stopped(
    broker_url: str, queue: str, keep: Callable[[Told], Awaitable[None]]
) -> None:
    """Have each message of a queue handled; what fails comes again."""
    broker = RabbitBroker(broker_url, logger=None)
    subscriber = broker.subscriber(
        RabbitQueue(queue, declare=False, durable=True),
        channel=Channel(prefetch_count=PREFETCH),
        ack_policy=AckPolicy.NACK_ON_ERROR,
    )
    subscriber(keep)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await broker.start()
    await stop.wait()
    await broker.stop()


async def play(database_url: str, broker_url: str, queue: str) -> None:
    """Keep what comes, until told to stop."""
    engine = create_async_engine(database_url, pool_size=PREFETCH)

    async def keep_nomination(told: Told) -> None:
        fresh = insert(nomination).values(row_of(told.data)).on_conflict_do_nothing()
        async with engine.begin() as connection:
            await connection.execute(fresh)

    await consume_until_stopped(broker_url, queue, keep_nomination)
    await engine.dispose()


if __name__ == "__main__":
    run_in_loop(play(*sys.argv[1:]))
