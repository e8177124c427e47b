"""Publishing with confirms on one connection, consuming a service's queue on another."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aio_pika
import structlog
from aio_pika.abc import AbstractIncomingMessage, AbstractRobustConnection
from aio_pika.exceptions import AMQPError, PublishError
from faststream import AckPolicy
from faststream.exceptions import NackMessage
from faststream.rabbit import Channel, RabbitBroker, RabbitExchange, RabbitMessage, RabbitQueue
from pamqp.commands import Basic

from shared.database import is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.transport import Consume, Delivery, Exchange, Message, Sent

from .topology import DEAD_LETTERS, DELIVERY_LIMIT, dead_letters_of, queue_of

PREFETCH = 8
"""How many messages a worker has in hand; each may be a pack of fifty events."""
SECONDS_TO_CONFIRM = 10.0
SECONDS_TO_CONNECT = 10.0
SECONDS_TO_FINISH = 20.0
SECONDS_BETWEEN_TRIES = 1.0
HEARTBEAT = 15
log = structlog.get_logger()


class RabbitTransport:
    """Carries messages through RabbitMQ; whatever it uses there was declared before.

    Connections are made when they are first needed, so that a service's api makes none but to
    ask how much is queued.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._publishing: RabbitBroker | None = None
        self._asking: AbstractRobustConnection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish all, then wait for every confirm; only what the broker acknowledged is sent."""
        broker = await self._publisher()
        return await asyncio.gather(*(_publish(broker, message) for message in messages))

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        """Hand out a service's messages, and what the broker gave up, until told to stop."""
        broker = _broker(self._url, prefetch=PREFETCH)
        _subscribe(broker, queue_of(service), _patiently(consume, stop))
        _subscribe(broker, dead_letters_of(service), _patiently(_given_up(consume), stop))
        if await _started(broker, stop):
            await stop.wait()
            await broker.stop()

    async def queued(self, service: str) -> int:
        """How many messages wait for a service; those in its hands are not counted."""
        async with self._one_at_a_time:
            if self._asking is None:
                self._asking = await aio_pika.connect_robust(self._url, timeout=SECONDS_TO_CONNECT)
        async with self._asking.channel() as channel:
            waiting = 0
            for name in (queue_of(service), dead_letters_of(service)):
                queue = await channel.declare_queue(name, passive=True)
                waiting += queue.declaration_result.message_count or 0
            return waiting

    async def close(self) -> None:
        """Give the connections back."""
        if self._publishing:
            await self._publishing.stop()
        if self._asking:
            await self._asking.close()
        self._publishing = self._asking = None

    async def _publisher(self) -> RabbitBroker:
        async with self._one_at_a_time:
            if self._publishing is None:
                broker = _broker(self._url, prefetch=None)
                await broker.start()
                self._publishing = broker
            return self._publishing


def _broker(url: str, *, prefetch: int | None) -> RabbitBroker:
    separator = "&" if "?" in url else "?"
    return RabbitBroker(
        f"{url}{separator}heartbeat={HEARTBEAT}",
        timeout=SECONDS_TO_CONNECT,
        reconnect_interval=SECONDS_BETWEEN_TRIES,
        graceful_timeout=SECONDS_TO_FINISH,
        default_channel=Channel(prefetch_count=prefetch, on_return_raises=True),
        decoder=_delivery,
        apply_types=False,
        app_id=None,
        logger=None,
    )


async def _publish(broker: RabbitBroker, message: Message) -> bool:
    try:
        answer = await broker.publish(
            message.body,
            exchange=RabbitExchange(message.exchange, declare=False),
            routing_key=message.routing_key,
            message_type=message.type,
            content_type=_content_type(message.body),
            mandatory=message.exchange is not Exchange.PUBLIC,
            persist=True,
            timeout=SECONDS_TO_CONFIRM,
        )
    except PublishError:
        log.exception("message_unroutable", routing_key=message.routing_key)
        return False
    except (AMQPError, ConnectionError, TimeoutError, RuntimeError) as error:
        log.warning("message_unconfirmed", event_type=message.type, error=type(error).__name__)
        return False
    return isinstance(answer, Basic.Ack)


def _content_type(body: bytes) -> str:
    batch = "-batch" if body.startswith(b"[") else ""
    return f"application/cloudevents{batch}+json"


def _subscribe(broker: RabbitBroker, name: str, handle: Consume) -> None:
    """One stock subscriber: acknowledged when handled, dead-lettered when that failed by our own
    fault; it never answers by itself."""
    subscriber = broker.subscriber(
        RabbitQueue(name, declare=False, durable=True),
        channel=Channel(prefetch_count=PREFETCH),
        ack_policy=AckPolicy.REJECT_ON_ERROR,
        no_reply=True,
    )
    subscriber(handle)


def _patiently(consume: Consume, stop: asyncio.Event) -> Consume:
    """Keep a delivery in hand while the database is away: with the prefetch full, consuming
    stops. It goes back to the queue when it is time to stop."""

    async def handle(delivery: Delivery) -> None:
        while True:
            try:
                await consume(delivery)
            except Exception as error:
                if not is_unavailable(error):
                    log.exception("delivery_given_up", event_type=delivery.message.type)
                    raise
                log.warning("database_is_away", event_type=delivery.message.type)
            else:
                crash_point("before-acknowledging")
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN_TRIES)
            if stop.is_set():
                raise NackMessage(requeue=True)

    return handle


def _given_up(consume: Consume) -> Consume:
    """What the broker gave up goes to the letters set aside, as one handed out too often."""

    async def handle(delivery: Delivery) -> None:
        await consume(Delivery(delivery.message, DELIVERY_LIMIT + 1))

    return handle


async def _delivery(message: RabbitMessage) -> Delivery:
    """A message of AMQP as one of ours. What came through no exchange of ours has no type, so that
    nothing takes it for a fact."""
    raw = message.raw_message
    exchange, routing_key = _origin(raw)
    deliveries = int(str(raw.headers.get("x-delivery-count", 0))) + 1
    match exchange:
        case Exchange.INTERNAL | Exchange.PRIVATE:
            return Delivery(Message(routing_key, raw.body, Exchange(exchange)), deliveries)
        case Exchange.INGRESS:
            event_type, _, outsider = routing_key.rpartition(".")
            sent = Sent(
                content_type=raw.content_type or "",
                headers={name: str(value) for name, value in raw.headers.items()},
                message_id=raw.message_id,
                reply_to=raw.reply_to,
            )
            said = Message(event_type, raw.body, Exchange.INGRESS, outsider, sent)
            return Delivery(said, deliveries)
    return Delivery(Message("", raw.body), deliveries)


def _origin(raw: AbstractIncomingMessage) -> tuple[str, str]:
    """The exchange and routing key a message was published with, also after the broker gave it
    up."""
    if raw.exchange != DEAD_LETTERS:
        return raw.exchange or "", raw.routing_key or ""
    deaths: Any = raw.headers.get("x-death") or [{}]
    first = deaths[-1]
    return str(first.get("exchange", "")), str((first.get("routing-keys") or [""])[0])


async def _started(broker: RabbitBroker, stop: asyncio.Event) -> bool:
    """Start consuming, however long the broker is away; False when told to stop first."""
    while not stop.is_set():
        try:
            await broker.start()
        except (AMQPError, ConnectionError, TimeoutError, OSError) as error:
            log.warning("broker_is_away", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN_TRIES)
        else:
            return True
    return False
