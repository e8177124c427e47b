"""Events that could not take effect yet: they wait and are tried again, or are parked.

Parked rows are the dead letters; a person looks at them and replays or discards them. Held ones
wait for a person too: to say whom or what another system means.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Context
from shared.database import Instant, insert_new
from shared.ids import new_id
from shared.tables import deferred

FIRST_DELAY = timedelta(milliseconds=200)
LONGEST_DELAY = timedelta(minutes=5)
MOST_FAILURES = 8
"""How often an event may fail before it is parked: some 50 seconds."""
PATIENCE = timedelta(hours=15)
"""How long an event waits for a fact before it is parked. Not a number of tries: every event that
takes effect has it tried again, and under load that is many a second."""


SENDER = "sender"
"""What a held event awaits whose sender may not say it now."""

_WAITS = (deferred.c.state == "waiting") & (deferred.c.reason == "not-yet-known")
_FREE = select(deferred.c.id).where(_WAITS, deferred.c.due_at > bindparam("now", type_=Instant))
_HASTENING = (
    deferred.update()
    .where(deferred.c.id.in_(_FREE.with_for_update(skip_locked=True)))
    .values(due_at=bindparam("now", type_=Instant))
)


@dataclass(frozen=True, slots=True)
class Setback:
    """Why an event did not take effect: a reason code, and the error without personal values."""

    reason: str
    error: str


async def defer(
    context: Context,
    consumer: str,
    letter: dict[str, Any],
    setback: Setback,
) -> str:
    """Keep an event for later; parked at once when its reason allows no second try. Its state.

    `letter` holds source, event_id, type, person_id and body; a digest, where not of the body.
    """
    now = context.clock.machine()
    state = "waiting" if setback.reason in ("not-yet-known", "failed") else "parked"
    row = {
        "id": new_id(),
        "consumer": consumer,
        "digest": hashlib.sha256(letter["body"]).hexdigest(),
        **letter,
        "state": state,
        "reason": setback.reason,
        "error": setback.error,
        "attempt": 1,
        "due_at": now + FIRST_DELAY,
        "first_at": now,
    }
    async with context.database.writing() as connection:
        await insert_new(connection, deferred, [row])
    context.observer.set_aside(consumer, letter["type"], setback.reason, state)
    context.signals.deferred.set()
    return state


async def next_try(context: Context) -> datetime | None:
    """When the next waiting event is due, by the machine's clock."""
    query = select(func.min(deferred.c.due_at)).where(deferred.c.state == "waiting")
    async with context.database.glancing() as connection:
        found: datetime | None = (await connection.execute(query)).scalar_one()
        return found


async def due_letters(context: Context, limit: int = 50) -> Sequence[Row[Any]]:
    """Waiting events whose time has come, the oldest first."""
    query = select(deferred).where(
        deferred.c.state == "waiting", deferred.c.due_at <= context.clock.machine()
    )
    async with context.database.reading() as connection:
        found = await connection.execute(query.order_by(deferred.c.first_at).limit(limit))
        return found.all()


async def settle(context: Context, letter: Row[Any], setback: Setback | None) -> bool:
    """Forget an event that took effect; otherwise set its next try, or park it: whether it was.

    What is held by now, or was decided on by somebody else, is left to them.
    """
    this = (deferred.c.id == letter.id) & (deferred.c.state == "waiting")
    async with context.database.writing() as connection:
        if setback is None:
            await connection.execute(deferred.delete().where(this))
            context.observer.tried_again(letter.consumer, letter.type, None, "done")
            return False
        now = context.clock.machine()
        attempt = letter.attempt + 1 if letter.reason == setback.reason else 1
        delay = min(FIRST_DELAY * 2 ** min(attempt - 1, 20), LONGEST_DELAY)
        parked = not _may_wait(setback, attempt, now - letter.first_at)
        change = (
            deferred.update()
            .where(this)
            .values(
                attempt=attempt,
                state="parked" if parked else "waiting",
                reason=setback.reason,
                error=setback.error,
                due_at=now + delay,
            )
        )
        changed = (await connection.execute(change.returning(deferred.c.id))).one_or_none()
        if changed:
            state = "parked" if parked else "waiting"
            context.observer.tried_again(letter.consumer, letter.type, setback.reason, state)
        return parked and changed is not None


async def hasten(connection: AsyncConnection, now: datetime) -> bool:
    """An event took effect: whoever waits for a fact may find it now. Whether anybody does.

    Rows that another worker holds are left to it, so that two workers never wait for each other.
    """
    return bool((await connection.execute(_HASTENING, {"now": now})).rowcount)


async def release(
    connection: AsyncConnection, awaited: str, now: datetime, *, source: str | None = None
) -> None:
    """What a held event awaits is there: whoever awaits it is tried again, of one sender or all."""
    line = deferred.c.awaits.contains(awaiting([awaited]), autoescape=True)
    named = line if source is None else (deferred.c.source == source) & _or_unsaid(line)
    due = {"state": "waiting", "reason": "not-yet-known", "due_at": now, "first_at": now}
    held = (deferred.c.state == "held") & named
    await connection.execute(deferred.update().where(held).values(**due))


async def release_all_of(connection: AsyncConnection, source: str, now: datetime) -> None:
    """Somebody said whom or what a sender means: what is held of theirs is tried again."""
    held = (deferred.c.source == source) & (deferred.c.state == "held")
    due = {"state": "waiting", "reason": "not-yet-known", "due_at": now, "first_at": now}
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
    fresh = {"state": "waiting", "reason": "failed", "attempt": 0, "due_at": now, "first_at": now}
    change = deferred.update().where(parked).values(**fresh).returning(deferred.c.id)
    return (await connection.execute(change)).one_or_none() is not None


async def discard(connection: AsyncConnection, letter_id: UUID) -> Row[Any] | None:
    """Throw an event away that waits for a person; the event, if there was one."""
    parked = _waits_for_a_person(letter_id)
    gone = await connection.execute(deferred.delete().where(parked).returning(*deferred.c))
    return gone.one_or_none()


def _waits_for_a_person(letter_id: UUID) -> ColumnElement[bool]:
    return (deferred.c.id == letter_id) & deferred.c.state.in_(("parked", "held"))


def _may_wait(setback: Setback, attempt: int, waited: timedelta) -> bool:
    match setback.reason:
        case "not-yet-known":
            return waited < PATIENCE
        case "failed":
            return attempt < MOST_FAILURES
    return False
