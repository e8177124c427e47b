"""What the broker is to hold for one system: user, rights, queue, bindings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.ingress import EVENTS as ANSWERS
from shared.messaging.transport import Exchange

MOST_MESSAGES = 10_000
MOST_BYTES = 64 * 1024 * 1024
QUEUE: Mapping[str, Any] = {
    "durable": True,
    "auto_delete": False,
    "arguments": {
        "x-queue-type": "quorum",
        "x-max-length": MOST_MESSAGES,
        "x-max-length-bytes": MOST_BYTES,
        "x-overflow": "drop-head",
    },
}
"""Bounded: who does not read loses the oldest, which the feed still has."""


@dataclass(frozen=True, slots=True)
class Account:
    """One system as the broker is to know it, from its row and its password's hash."""

    code: str
    state: str
    parties: frozenset[str]
    sends: frozenset[str]
    receives: frozenset[str]
    user: str
    """The name it signs in with."""
    password_hash: str | None
    sequence: int

    @property
    def queue(self) -> str:
        """The queue it reads."""
        return queue_of(self.code)

    @property
    def rights(self) -> Mapping[str, str]:
        """It writes to `ingress`, where it sends anything, reads its own queue, makes nothing."""
        return {
            "configure": "",
            "write": f"^{Exchange.INGRESS}$" if self.sends else "",
            "read": f"^{_exactly(self.queue)}$",
        }

    @property
    def topics(self) -> Mapping[str, str]:
        """It sends its own types, under its own code."""
        types = "|".join(_exactly(one) for one in sorted(self.sends))
        write = f"^({types})\\.{_exactly(self.code)}$" if types else ""
        return {"exchange": Exchange.INGRESS, "write": write, "read": ""}

    @property
    def routing_keys(self) -> frozenset[str]:
        """What its queue is bound to: facts of its types and parties, and answers to it."""
        facts = {f"{one}.{party}" for one in self.receives for party in self.parties}
        return frozenset(facts | {f"{answer.type}.{self.code}" for answer in ANSWERS})


def queue_of(code: str) -> str:
    """The queue of a system."""
    return f"out.{code}"


def _exactly(name: str) -> str:
    """A name as a pattern that matches nothing else; names have no other special character."""
    return name.replace(".", "\\.")
