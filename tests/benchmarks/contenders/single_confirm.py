"""The peer of our relay: aio-pika, one persistent message at a time, confirmed before the next."""

import asyncio
import time
from collections.abc import Sequence

import aio_pika
from aio_pika.abc import AbstractExchange

IN_FLIGHT = 500


async def publish_one(exchange: AbstractExchange, routing_key: str, body: bytes) -> None:
    """Publish a message and wait for its confirm; one that reaches no queue raises."""
    message = aio_pika.Message(
        body, content_type="application/json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT
    )
    await exchange.publish(message, routing_key, mandatory=True)


async def fill(broker_url: str, queue: str, bodies: Sequence[bytes]) -> None:
    """Put messages in a queue, many in flight: not a contender, but what one finds there."""
    async with await aio_pika.connect(broker_url) as connection:
        channel = await connection.channel(publisher_confirms=True)
        for first in range(0, len(bodies), IN_FLIGHT):
            some = bodies[first : first + IN_FLIGHT]
            await asyncio.gather(
                *(publish_one(channel.default_exchange, queue, body) for body in some)
            )


async def publish_each(
    broker_url: str, exchange_name: str, routing_key: str, bodies: Sequence[bytes]
) -> float:
    """Publish all; how many a second."""
    async with await aio_pika.connect(broker_url) as connection:
        channel = await connection.channel(publisher_confirms=True)
        exchange = await channel.get_exchange(exchange_name)
        started = time.perf_counter()
        for body in bodies:
            await publish_one(exchange, routing_key, body)
        return len(bodies) / (time.perf_counter() - started)
