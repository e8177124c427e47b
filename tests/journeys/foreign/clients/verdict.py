"""What a foreign client does, and the answer that it gets by whichever way."""

import time
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, Protocol

from ..letters import Letter
from ..taking_part import System

SECONDS = 30


@dataclass(frozen=True)
class Verdict:
    """An answer: accepted, held or refused, with the codes and the fields of what was wrong."""

    state: str
    codes: Set[str] = frozenset()
    fields: Set[str] = frozenset()
    id: str | None = None


class Client(Protocol):
    """Sends one event of a system, and says what it was answered."""

    def tell(self, system: System, letter: Letter) -> Verdict:
        """Send, and wait for the answer."""


def verdict_of(answer: Mapping[str, Any]) -> Verdict:
    """An answer that came as an event."""
    _, _, state, _ = answer["type"].split(".")
    return _verdict(state, answer["data"])


def verdict_shown(shown: Mapping[str, Any]) -> Verdict:
    """An answer that was asked for."""
    return _verdict(shown["state"], shown)


def awaited(system: System, subject: str, before: int, read_one: Callable[[], bool]) -> Verdict:
    """The next answer in the system's queue about one of its events."""
    deadline = time.monotonic() + SECONDS
    while len(system.answers(subject)) == before:
        if not read_one():
            assert time.monotonic() < deadline, f"no answer to {subject}"
            time.sleep(0.05)
    return verdict_of(system.answers(subject)[-1])


def _verdict(state: str, told: Mapping[str, Any]) -> Verdict:
    faults = told.get("faults", ())
    return Verdict(
        state,
        frozenset(one["code"] for one in faults),
        frozenset(one["field"] for one in faults if one.get("field")),
        told.get("id"),
    )
