"""Harm where all is files: messages doubled, unreadable ones among the good, a file held."""

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import ClassVar

from shared.contracts.scheduling import ActivityDescribed

from ..books import Files

_POISONED = (
    "CAST('[{\"poison\": ' || NEW.position || '},' || char(10) || "
    "substr(CAST(NEW.body AS TEXT), 2) AS BLOB)"
)
ONE_CONSUMER = ("registration", "notifications")
"""Services in which one consumer takes in activities: each poison is set aside once."""


@dataclass
class QueueDoubled:
    """What is put into the queue is there twice."""

    files: Files
    seconds: float
    name: str = "duplicates in the queue"

    async def start(self) -> None:
        """From now on."""
        await self.files.write("queue", _trigger("doubling", "NEW.body", "1"))

    async def stop(self) -> None:
        """Until now."""
        await self.files.write("queue", "DROP TRIGGER IF EXISTS doubling")


@dataclass
class QueuePoisoned:
    """With some packs comes another that begins with an event nobody can read."""

    files: Files
    seconds: float
    poisons_due: int = 0
    """How many letters are set aside because of it."""
    name: str = "poison among good"

    async def start(self) -> None:
        """From now on."""
        await self.files.write("queue", "CREATE TABLE IF NOT EXISTS poisoned (position INTEGER)")
        services = ", ".join(f"'{one}'" for one in ONE_CONSUMER)
        which = (
            f"NEW.type = '{ActivityDescribed.type}' AND NEW.service IN ({services}) "
            "AND substr(CAST(NEW.body AS TEXT), 1, 1) = '['"
        )
        await self.files.write("queue", _trigger("poisoning", _POISONED, which, noted=True))

    async def stop(self) -> None:
        """Until now."""
        await self.files.write("queue", "DROP TRIGGER IF EXISTS poisoning")
        [(number,)] = await self.files.read("queue", "SELECT COUNT(*) FROM poisoned")
        await self.files.write("queue", "DROP TABLE poisoned")
        self.poisons_due += int(number)


def _trigger(name: str, body: str, which: str, *, noted: bool = False) -> str:
    note = f"INSERT INTO poisoned SELECT NEW.position WHERE {which};" if noted else ""
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} AFTER INSERT ON queue BEGIN "
        "INSERT INTO queue (service, type, exchange, address, body, deliveries) "
        f"SELECT NEW.service, NEW.type, NEW.exchange, NEW.address, {body}, 0 WHERE {which}; "
        f"{note} END"
    )


@dataclass
class FileHeld:
    """Somebody else writes to a service's file, and takes long."""

    files: Files
    service: str
    seconds: float
    name: str = "database held by another"
    takes_away: ClassVar[bool] = True
    _held: sqlite3.Connection | None = None

    async def start(self) -> None:
        """Take the turn to write, and keep it."""
        self._held = await asyncio.to_thread(self.files.hold, self.service)

    async def stop(self) -> None:
        """Give it back."""
        if self._held:
            await asyncio.to_thread(self._held.close)
