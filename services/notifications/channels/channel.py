"""What every channel can do, and the four ends a sending has."""

import re
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

SendState = Literal["sent", "refused", "deferred", "unknown"]
Arrival = Literal["known", "not_known", "cannot_ask"]

Written = TypeVar("Written", contravariant=True)
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


@dataclass(frozen=True)
class SendOutcome:
    """How a sending ended.

    sent: the receiver has it. refused: it never will. deferred: it surely has not, safe to repeat.
    unknown: it may have it; ask before repeating. `reason` is a fixed word of ours, never the
    receiver's answer, which often holds the address.
    """

    state: SendState
    reason: str
    code: int | None = None


class Channel(Protocol[Written]):
    """A way to one kind of address."""

    async def send(self, key: str, to: str, written: Written) -> SendOutcome:
        """Send once, under an opaque key the receiver keeps. Raises ValueError for a bad key."""
        ...

    async def ask(self, key: str) -> Arrival:
        """Whether the receiver has a message with this key."""
        ...


def checked_key(key: str) -> str:
    """The key, if it can stand in a header and in an address. Raises ValueError."""
    if not _KEY.fullmatch(key):
        raise ValueError("a message key is 1 to 120 letters, digits, dots, dashes, underscores")
    return key
