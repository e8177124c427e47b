"""Connections of single users, and what they try on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

SECONDS = 15


@asynccontextmanager
async def channel_of(url: str) -> AsyncIterator[AbstractChannel]:
    """A channel on a connection that does not come back by itself."""
    connection = await aio_pika.connect(url, timeout=SECONDS)
    try:
        yield await connection.channel(on_return_raises=True)
    finally:
        await connection.close()


async def publish(
    channel: AbstractChannel, exchange: str, routing_key: str, body: bytes = b"{}"
) -> None:
    """Publish and wait until the broker has said yes or no."""
    place = await channel.get_exchange(exchange, ensure=False)
    message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
    await place.publish(message, routing_key, mandatory=False, timeout=SECONDS)


async def publish_to_queue(channel: AbstractChannel, queue: str) -> None:
    """Publish past every exchange of ours."""
    await channel.default_exchange.publish(aio_pika.Message(b"{}"), queue, timeout=SECONDS)


async def bind(channel: AbstractChannel, queue: str, exchange: str, routing_key: str) -> None:
    """Bind a queue that is there."""
    await (await channel.get_queue(queue, ensure=False)).bind(exchange, routing_key)


async def take(channel: AbstractChannel, queue: str) -> bytes | None:
    """The body of the next message of a queue."""
    found = await (await channel.get_queue(queue, ensure=False)).get(fail=False, timeout=SECONDS)
    if found is None:
        return None
    await found.ack()
    return found.body


async def read(channel: AbstractChannel, queue: str) -> None:
    """Start to consume a queue."""
    await (await channel.get_queue(queue, ensure=False)).consume(_leave_it, timeout=SECONDS)


async def bound_to(channel: AbstractChannel, name: str, exchange: str) -> None:
    """Bind an exchange to an exchange."""
    await (await channel.get_exchange(name, ensure=False)).bind(exchange, "#")


async def _leave_it(_message: AbstractIncomingMessage) -> None:
    """It goes back when the connection ends."""
