"""Events that wait for a person, or for what a person has to say first: they are released when that
is there, replayed, or discarded."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.tables import deferred

SENDER = "sender"
"""What a held event awaits whose sender may not say it now."""


def awaits_name(kind: str, reference: str) -> str:
    """What an event awaits that calls somebody or something so: that it is said who or what it
    is."""
    return f"{kind} {reference}"


async def release(
    connection: AsyncConnection, awaited: str, now: datetime, *, source: str | None = None
) -> None:
    """What a held event awaits is there: whoever awaits it is tried again, of one sender or all."""
    line = deferred.c.awaits.contains(awaiting([awaited]), autoescape=True)
    named = line if source is None else (deferred.c.source == source) & _or_unsaid(line)
    due = {"state": "waiting", "reason": "not-yet-known", "due_at": now, "tried_since": now}
    held = (deferred.c.state == "held") & named
    await connection.execute(deferred.update().where(held).values(**due))


def awaiting(awaited: Collection[str]) -> str | None:
    """What is awaited, as it is kept: a line each, between line ends; None where it is not said."""
    return "\n".join(["", *awaited, ""]) if awaited else None


def _or_unsaid(line: ColumnElement[bool]) -> ColumnElement[bool]:
    """Earlier releases did not note what an event awaits."""
    return line | deferred.c.awaits.is_(None)


async def replay(connection: AsyncConnection, letter_id: UUID, now: datetime) -> bool:
    """Have an event that waits for a person tried again as if it had come now; whether there was
    one."""
    parked = _waits_for_a_person(letter_id)
    fresh = {
        "state": "waiting",
        "reason": "failed",
        "attempt": 0,
        "due_at": now,
        "tried_since": now,
    }
    change = deferred.update().where(parked).values(**fresh).returning(deferred.c.id)
    return (await connection.execute(change)).one_or_none() is not None


async def discard(connection: AsyncConnection, letter_id: UUID) -> Row[Any] | None:
    """Throw an event away that waits for a person; the event, if there was one."""
    parked = _waits_for_a_person(letter_id)
    gone = await connection.execute(deferred.delete().where(parked).returning(*deferred.c))
    return gone.one_or_none()


def _waits_for_a_person(letter_id: UUID) -> ColumnElement[bool]:
    return (deferred.c.id == letter_id) & deferred.c.state.in_(("parked", "held"))
