"""A message of AMQP as one of ours: where it came from is what the broker says, not its sender.

Nothing here raises, whatever an outsider puts beside a body: who can not be read is not lost.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aio_pika.abc import AbstractIncomingMessage
from aio_pika.exceptions import AMQPError
from faststream.rabbit import RabbitMessage

from shared.messaging.transport import Delivery, Exchange, Message, Sent

from .exchanges import DEAD_LETTERS
from .users import code_of

FIRST_TO_WRITE_DEATHS_ITSELF = 4
"""The first version of the broker that does not keep what a sender wrote about earlier deaths."""


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
            sent = None if _is_let_in(raw, prefix) else _sent(raw)
            said = Message(event_type, raw.body, Exchange.INGRESS, outsider, sent)
            return Delivery(said, deliveries)
    return Delivery(Message("", raw.body), deliveries)


def _sent(raw: AbstractIncomingMessage) -> Sent:
    return Sent(
        content_type=str(raw.content_type or ""),
        headers={name: str(value) for name, value in raw.headers.items()},
        message_id=raw.message_id,
        reply_to=raw.reply_to,
    )


def _is_let_in(raw: AbstractIncomingMessage, prefix: str) -> bool:
    """Whether a service of ours published it, for a system that sent it by HTTP."""
    return bool(raw.user_id) and code_of(raw.user_id or "", prefix) is None


def _times(raw: AbstractIncomingMessage) -> int:
    """How often it was handed out; the broker sets the header from the second time on, before
    that it is the sender's."""
    times = raw.headers.get("x-delivery-count")
    return 1 + times if raw.redelivered and isinstance(times, int) else 1


def _origin(raw: AbstractIncomingMessage, prefix: str) -> tuple[str, str]:
    """The exchange and routing key a message was published with, also after the broker gave it
    up. Of what it gave up without telling whose it was, an outsider may be the sender: that is let
    in as a claim of nobody, which a person looks at and an erasure finds."""
    if raw.exchange != DEAD_LETTERS:
        return raw.exchange or "", raw.routing_key or ""
    match raw.headers.get("x-death"):
        case [{"exchange": str(exchange), "routing-keys": [str(routing_key), *_]}, *_]:
            is_true = _is_true(raw, exchange, routing_key, prefix)
            return (exchange, routing_key) if is_true else (Exchange.INGRESS, "")
    return Exchange.INGRESS, ""


def _is_true(raw: Any, exchange: str, routing_key: str, prefix: str) -> bool:
    """Brokers before 4.0 keep what a sender wrote about earlier deaths. The name of the sender's
    user, where it is given, is always true; the services always give theirs."""
    user = raw.user_id or ""
    code = code_of(user, prefix)
    if exchange == Exchange.INGRESS and code is not None:
        return routing_key.endswith(f".{code}")
    if not user:
        return exchange == Exchange.INGRESS and _writes_deaths_itself(raw)
    return code is None


def _writes_deaths_itself(raw: Any) -> bool:
    """Whether a broker tells of deaths what it knows, and nothing that a sender wrote."""
    try:
        version = raw.channel.connection.server_properties["version"]
        text = version.decode() if isinstance(version, bytes) else str(version)
        return int(text.partition(".")[0]) >= FIRST_TO_WRITE_DEATHS_ITSELF
    except (AttributeError, KeyError, ValueError, AMQPError):
        return False
