"""A message of AMQP as one of ours: where it came from is what the broker says, not its sender.

Nothing here raises, whatever an outsider puts beside a body: who can not be read is not lost.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aio_pika.abc import AbstractIncomingMessage
from faststream.rabbit import RabbitMessage

from shared.messaging.transport import Delivery, Exchange, Message, Sent

from .exchanges import DEAD_LETTERS
from .users import code_of


def reading(prefix: str) -> Callable[[RabbitMessage], Awaitable[Delivery]]:
    """Reads messages of an installation whose users have this prefix."""

    async def read_delivery(message: RabbitMessage) -> Delivery:
        return delivery_of(message.raw_message, prefix)

    return read_delivery


def delivery_of(raw: AbstractIncomingMessage, prefix: str = "") -> Delivery:
    """What came through no exchange of ours has no type, so that nothing takes it for a fact."""
    exchange, routing_key = _origin(raw, prefix)
    deliveries = _times(raw)
    match exchange:
        case Exchange.INTERNAL | Exchange.PRIVATE:
            return Delivery(Message(routing_key, raw.body, Exchange(exchange)), deliveries)
        case Exchange.INGRESS:
            event_type, _, outsider = routing_key.rpartition(".")
            sent = Sent(
                content_type=str(raw.content_type or ""),
                headers={name: str(value) for name, value in raw.headers.items()},
                message_id=raw.message_id,
                reply_to=raw.reply_to,
            )
            said = Message(event_type, raw.body, Exchange.INGRESS, outsider, sent)
            return Delivery(said, deliveries)
    return Delivery(Message("", raw.body), deliveries)


def _times(raw: AbstractIncomingMessage) -> int:
    """How often it was handed out; the broker sets the header from the second time on, before
    that it is the sender's."""
    times = raw.headers.get("x-delivery-count")
    return 1 + times if raw.redelivered and isinstance(times, int) else 1


def _origin(raw: AbstractIncomingMessage, prefix: str) -> tuple[str, str]:
    """The exchange and routing key a message was published with, also after the broker gave it
    up."""
    if raw.exchange != DEAD_LETTERS:
        return raw.exchange or "", raw.routing_key or ""
    match raw.headers.get("x-death"):
        case [{"exchange": str(exchange), "routing-keys": [str(routing_key), *_]}, *_]:
            is_true = _is_true(raw, exchange, routing_key, prefix)
            return (exchange, routing_key) if is_true else ("", "")
    return "", ""


def _is_true(raw: Any, exchange: str, routing_key: str, prefix: str) -> bool:
    """Brokers before 4.0 keep what a sender wrote about earlier deaths. The name of the sender's
    user, where it is given, is always true."""
    user = raw.user_id or ""
    code = code_of(user, prefix)
    if exchange == Exchange.INGRESS and code is not None:
        return routing_key.endswith(f".{code}")
    return bool(user) and code is None
