"""Publishing on one connection, consuming a service's queues on another, asking on a third."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection
from aio_pika.exceptions import AMQPError

from shared.messaging.transport import Consume, Message

from .consuming import keep_consuming
from .link import HEARTBEAT, SECONDS_TO_LEAVE
from .publishing import Publisher
from .topology import dead_letters_of, queues_read_by

SECONDS_TO_ANSWER = 5.0
SECONDS_TO_SHOW_LIFE = 2.0


class BrokerIsAway(ConnectionError):
    """The broker does not answer; whoever asks may try again."""


class RabbitTransport:
    """Carries messages through RabbitMQ; whatever it uses there was declared before.

    Connections are made when they are first needed, so that a service's api makes none but to
    ask how much is queued.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._publisher = Publisher(url)
        self._asking: AbstractConnection | None = None
        self._questions: AbstractChannel | None = None
        self._one_at_a_time = asyncio.Lock()

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish all, then wait for every confirm; only what the broker acknowledged is sent."""
        return await self._publisher.publish(messages)

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        """Hand out a service's messages, and what the broker gave up, until told to stop."""
        await keep_consuming(self._url, service, consume, stop)

    async def queued(self, service: str) -> int:
        """How many messages wait for a service; those in its hands are not counted.

        Raises `BrokerIsAway`.
        """
        waiting = 0
        async with self._asking_on(SECONDS_TO_ANSWER) as channel:
            for name in (*queues_read_by(service), dead_letters_of(service)):
                queue = await channel.declare_queue(name, passive=True)
                waiting += queue.declaration_result.message_count or 0
        return waiting

    async def answers(self) -> None:
        """Set how much a channel prefetches: a round trip, whatever rights this user has.

        Raises `BrokerIsAway`.
        """
        async with self._asking_on(SECONDS_TO_SHOW_LIFE) as channel:
            await channel.set_qos(prefetch_count=1)

    async def close(self) -> None:
        """Give the connections back."""
        await self._publisher.close()
        await self._stop_asking()

    @asynccontextmanager
    async def _asking_on(self, seconds: float) -> AsyncIterator[AbstractChannel]:
        """The channel for one question at a time; after one that failed or was broken off there is
        another. Raises `BrokerIsAway`."""
        try:
            async with self._one_at_a_time, asyncio.timeout(seconds):
                yield await self._asked()
        except asyncio.CancelledError:
            await self._stop_asking()
            raise
        except (AMQPError, OSError, TimeoutError, RuntimeError) as error:
            await self._stop_asking()
            raise BrokerIsAway(type(error).__name__) from error

    async def _asked(self) -> AbstractChannel:
        """One channel for all questions: each that is opened leaves some KB behind on its
        connection when it is closed (aio-pika issue 490)."""
        if self._asking is None:
            self._asking = await aio_pika.connect(self._url, heartbeat=HEARTBEAT)
        if self._questions is None:
            self._questions = await self._asking.channel()
        return self._questions

    async def _stop_asking(self) -> None:
        self._questions, asking, self._asking = None, self._asking, None
        if asking:
            with suppress(Exception):
                async with asyncio.timeout(SECONDS_TO_LEAVE):
                    await asking.close()
