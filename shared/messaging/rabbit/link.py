"""One connection to the broker, by way of FastStream: opened, looked after, and closed."""

import asyncio
from contextlib import suppress

import aiormq
import structlog
from aio_pika.abc import AbstractRobustConnection
from faststream import AckPolicy
from faststream.rabbit import Channel, RabbitBroker, RabbitQueue

from shared.messaging.transport import Consume

from .deliveries import reading

PREFETCH = 8
"""How many messages a worker has in hand; each may be a pack of fifty events."""
SECONDS_TO_CONNECT = 10.0
SECONDS_BETWEEN_TRIES = 1.0
SECONDS_TO_FINISH = 20.0
SECONDS_TO_LEAVE = 5.0
HEARTBEAT = 15
log = structlog.get_logger()


class Link:
    """A connection of its own. One that was closed is not opened again: make another. The prefix
    is that of the installation's users."""

    def __init__(self, url: str, prefix: str = "") -> None:
        separator = "&" if "?" in url else "?"
        self.broker = RabbitBroker(
            f"{url}{separator}heartbeat={HEARTBEAT}",
            timeout=SECONDS_TO_CONNECT,
            reconnect_interval=SECONDS_BETWEEN_TRIES,
            graceful_timeout=SECONDS_TO_FINISH,
            default_channel=Channel(on_return_raises=True),
            decoder=reading(prefix),
            apply_types=False,
            app_id=None,
            logger=None,
        )
        self._connection: AbstractRobustConnection | None = None
        self._leaving = False

    def subscribe(self, queue: str, handle: Consume) -> None:
        """One stock subscriber on a channel of its own: acknowledged when handled, dead-lettered
        when that failed by our own fault; it never answers by itself."""
        subscriber = self.broker.subscriber(
            RabbitQueue(queue, declare=False, durable=True),
            channel=Channel(prefetch_count=PREFETCH),
            ack_policy=AckPolicy.REJECT_ON_ERROR,
            no_reply=True,
        )
        subscriber(handle)

    async def open(self) -> None:
        """Connect and start what was subscribed; after a failure the link is to be closed."""
        self._connection = await self.broker.connect()
        self._connection.close_callbacks.add(self._say_that_it_is_lost)
        await self.broker.start()

    @property
    def consumers(self) -> int:
        """How many consumers the broker knows of on this connection as it is now."""
        transport = self._connection.transport if self._connection else None
        if transport is None:
            return 0
        channels = transport.connection.channels.values()
        return sum(len(one.consumers) for one in channels if isinstance(one, aiormq.Channel))

    async def close(self) -> None:
        """Let handlers finish, then leave, however the connection fares: what was not acknowledged
        goes back to its queue."""
        self._leaving = True
        try:
            async with asyncio.timeout(SECONDS_TO_FINISH + SECONDS_TO_LEAVE):
                await self.broker.stop()
        except Exception as error:
            log.warning("broker_left_in_haste", error=type(error).__name__)
        if self._connection:
            with suppress(Exception):
                async with asyncio.timeout(SECONDS_TO_LEAVE):
                    await self._connection.close()

    def _say_that_it_is_lost(self, _connection: object, error: BaseException | None) -> None:
        if not self._leaving:
            log.warning("broker_connection_lost", error=type(error).__name__)
