"""What this service may and must not do in the broker: tried out, so that nothing comes of it.

Nobody is bound to the routing keys that are tried, and what must not be made would be gone with the
connection.
"""

from collections.abc import Awaitable, Callable, Iterator

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection
from aio_pika.exceptions import ChannelNotFoundEntity
from aiormq.exceptions import ChannelAccessRefused

from shared.contracts import PUBLISHERS
from shared.ids import new_id
from shared.messaging.rabbit.topology import dead_letters_of
from shared.messaging.transport import Exchange

from .finding import Found, right, wrong

PREPARE = "run `python -m deploy.broker`: it gives each service its rights anew"
SECONDS = 8
Try = Callable[[AbstractChannel], Awaitable[None]]


async def has_its_rights_and_no_more(connection: AbstractConnection, service: str) -> Found:
    """Everything it must do it may; nothing it must not do is let through."""
    lacking = [what for what, act in _must(service) if not await _may(connection, act)]
    if lacking:
        return wrong(f"{service} may not {', nor '.join(lacking)}", PREPARE)
    beyond = [what for what, act in _must_not(service) if await _may(connection, act)]
    if beyond:
        return wrong(f"{service} may {', and '.join(beyond)}; it must not", PREPARE)
    return right("may send its own types and read its own queues, and nothing of others")


def _must(service: str) -> Iterator[tuple[str, Try]]:
    yield "send its own types", _sends(Exchange.INTERNAL.value, f"{service}.doctor.asks.v1")
    yield "read its own queues", _reads(dead_letters_of(service))


def _must_not(service: str) -> Iterator[tuple[str, Try]]:
    other = next(name for name in PUBLISHERS if name not in (service, "ingress"))
    yield "make queues of any name", _makes(f"doctor.{new_id()}")
    yield f"send types of {other}", _sends(Exchange.INTERNAL.value, f"{other}.doctor.asks.v1")
    yield "send personal data", _sends(Exchange.PRIVATE.value, f"{other}.doctor.asks.v1")
    yield f"read queues of {other}", _reads(dead_letters_of(other))


def _sends(exchange: str, routing_key: str) -> Try:
    async def send(channel: AbstractChannel) -> None:
        place = await channel.get_exchange(exchange, ensure=False)
        message = aio_pika.Message(b"{}")
        await place.publish(message, routing_key, mandatory=False, timeout=SECONDS)

    return send


def _reads(queue: str) -> Try:
    """A letter that is there goes back where it was."""

    async def read(channel: AbstractChannel) -> None:
        place = await channel.get_queue(queue, ensure=False)
        if letter := await place.get(fail=False, timeout=SECONDS):
            await letter.nack(requeue=True)

    return read


def _makes(queue: str) -> Try:
    async def make(channel: AbstractChannel) -> None:
        await channel.declare_queue(queue, exclusive=True, auto_delete=True, timeout=SECONDS)

    return make


async def _may(connection: AbstractConnection, act: Try) -> bool:
    try:
        async with connection.channel() as channel:
            await act(channel)
    except ChannelAccessRefused:
        return False
    except ChannelNotFoundEntity:
        return True
    return True
