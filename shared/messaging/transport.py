"""What a transport does for a service: carry messages out, confirmed, and bring messages in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

PACK_EVENTS = 50
PACK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """What travels: the events of one type, as one CloudEvents batch (or one private event)."""

    type: str
    body: bytes
    private: bool = False


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
        """Whether each message is safely with every consumer's queue."""
        ...

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        """Hand this service its messages until told to stop; what was begun is finished."""
        ...

    async def queued(self, service: str) -> int:
        """How many messages wait for a service or are in its hands."""
        ...


def join(bodies: Sequence[bytes]) -> bytes:
    """Several encoded events as one CloudEvents batch; one event a line."""
    return b"[" + b",\n".join(bodies) + b"]"


def split(body: bytes) -> list[bytes]:
    """The events of a batch, each with the very bytes it was encoded to."""
    if not body.startswith(b"["):
        return [body]
    return body[1:-1].split(b",\n")
