"""What a transport does for a service: carry messages out, confirmed, and bring messages in."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

PACK_EVENTS = 50
PACK_BYTES = 64 * 1024
DELIVERY_LIMIT = 20
"""How often a message may be handed out before its events are set aside, to be tried one by one."""


class Exchange(StrEnum):
    """The ways a message may go; each has its own readers."""

    INTERNAL = "events.internal"
    """Packs of events between the services."""
    PRIVATE = "events.private"
    """Personal data, one event a message, from registration to those who keep a copy."""
    PUBLIC = "events"
    """One event a message, for the outsiders who may read it."""
    INGRESS = "ingress"
    """What outsiders send, as they sent it."""
    REPLY = ""
    """One answer, to where its sender waits for it (the broker's default exchange)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What stands beside the body of a message that an outsider sent."""

    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    message_id: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What travels: the events of one type, as one CloudEvents batch (or one private event).

    `address` narrows whom it is for or from: a party on the way out, an outsider's code on the way
    in. `sent` is there only on the way in, of what an outsider sent to the broker itself.
    """

    type: str
    body: bytes
    exchange: Exchange = Exchange.INTERNAL
    address: str = ""
    sent: Sent | None = None

    @property
    def routing_key(self) -> str:
        """The event type, and whom it is for or from; for a reply, where it goes."""
        if self.exchange is Exchange.REPLY:
            return self.address
        return f"{self.type}.{self.address}" if self.address else self.type


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it arrived, and how often it was handed out before."""

    message: Message
    deliveries: int = 1


Consume = Callable[[Delivery], Awaitable[None]]
"""Returns when the delivery is dealt with; raises when it must come again."""


class Transport(Protocol):
    """Carries messages between services; at least once, in no promised order."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Whether each message is safely with every consumer's queue. One to outsiders is, also
        when nobody has asked for it."""
        ...

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        """Hand this service its messages until told to stop; what was begun is finished."""
        ...

    async def queued(self, service: str) -> int:
        """How many messages wait for a service; where the transport can tell, also those in its
        hands."""
        ...


def join(bodies: Sequence[bytes]) -> bytes:
    """Several encoded events as one CloudEvents batch; one event a line."""
    return b"[" + b",\n".join(bodies) + b"]"


def split(body: bytes) -> list[bytes]:
    """The events of a batch, each with the very bytes it was encoded to."""
    if not body.startswith(b"["):
        return [body]
    return body[1:-1].split(b",\n")
