"""Events that could not take effect yet: they wait and are tried again, or are parked.

Parked rows are the dead letters; a person looks at them and replays or discards them. Held ones
wait for a person too: to say whom or what another system means.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Act, Context, Outcome, Work
from shared.contracts import Event
from shared.database import Instant, insert_new
from shared.ids import new_id
from shared.messaging.transport import DELIVERY_LIMIT, Delivery
from shared.tables import deferred

FIRST_DELAY = timedelta(milliseconds=200)
LONGEST_DELAY = timedelta(minutes=5)
MOST_FAILURES = 8
"""How often an event may fail before it is parked: some 50 seconds."""
HANDED_OUT_TOO_OFTEN = "delivery-limit"
"""The reason of events that the broker handed out again and again: one of them may be what ends
whoever tries it, the others were only in the same hands. A try of them is counted before it is
made."""
PATIENCE = timedelta(hours=15)
"""How long an event waits for a fact before it is parked. Not a number of tries: every event that
takes effect has it tried again, and under load that is many a second."""
TRIED_AGAIN = ("not-yet-known", "failed", HANDED_OUT_TOO_OFTEN)

Told = Sequence[Event]

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


class NoLongerWaits(Exception):
    """Another worker has tried the event meanwhile, or somebody has decided on it."""


def handed_out_too_often(delivery: Delivery) -> Setback | None:
    """Why the events of a message are to be tried one by one, if they are."""
    if delivery.deliveries <= DELIVERY_LIMIT:
        return None
    return Setback(HANDED_OUT_TOO_OFTEN, f"handed out {delivery.deliveries} times")


async def defer(
    context: Context,
    consumer: str,
    letter: dict[str, Any],
    setback: Setback,
    *,
    told_if_parked: Told = (),
) -> str:
    """Keep an event for later; parked at once when its reason allows no second try. Its state.

    `letter` holds source, event_id, type, person_id and body; a digest, where not of the body.
    What is told of it when it is parked, is told in the same transaction.
    """
    now = context.clock.machine()
    state = "waiting" if setback.reason in TRIED_AGAIN else "parked"
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

    async def keep(work: Work) -> Outcome:
        await insert_new(work.connection, deferred, [row])
        return told_if_parked if state == "parked" else None

    await _commit(context, letter, keep)
    context.observer.set_aside(consumer, letter["type"], setback.reason, state)
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
        found = await connection.execute(
            query.order_by(deferred.c.first_at, deferred.c.id).limit(limit)
        )
        return found.all()


async def require_waiting(connection: AsyncConnection, letter_id: UUID, now: datetime) -> None:
    """Raises `NoLongerWaits` where an event is not to be tried now any more.

    To be asked once the inbox row of the event is held: then nobody else is at it. The event
    itself is not held here, for an erasure waits for it with what a handler needs in its hands.
    """
    query = select(deferred.c.id).where(_waiting(letter_id), deferred.c.due_at <= now)
    if (await connection.execute(query)).first() is None:
        raise NoLongerWaits


async def let_go(connection: AsyncConnection, letter_id: UUID) -> None:
    """An event took effect: it waits no more, unless it is held by now."""
    await connection.execute(deferred.delete().where(_waiting(letter_id)))


async def settle(
    context: Context, letter: Row[Any], setback: Setback, *, told_if_parked: Told = ()
) -> None:
    """Set the next try of an event that had no effect, or park it and tell of that.

    What is held by now, or was decided on by somebody else, is left to them.
    """
    now = context.clock.machine()
    attempt = letter.attempt + 1 if letter.reason == setback.reason else 1
    delay = min(FIRST_DELAY * 2 ** min(attempt - 1, 20), LONGEST_DELAY)
    waits = _may_wait(setback, attempt, now - (letter.tried_since or letter.first_at))
    state = "waiting" if waits else "parked"
    said = {"reason": setback.reason, "error": setback.error}
    values = {**said, "attempt": attempt, "state": state, "due_at": now + delay}
    if await _change(context, letter, _waiting(letter.id), values, told_if_parked):
        context.observer.tried_again(letter.consumer, letter.type, setback.reason, state)


async def count_try(context: Context, letter: Row[Any], *, told_if_parked: Told = ()) -> bool:
    """Count a try before it is made, for the event may end the process; whether it is to be made.

    One that was tried so often, and never to an end, is parked; one that somebody else has counted
    meanwhile is theirs.
    """
    attempt = letter.attempt + 1
    waits = attempt < MOST_FAILURES
    values = {"attempt": attempt, "state": "waiting" if waits else "parked"}
    uncounted = _waiting(letter.id) & (deferred.c.attempt == letter.attempt)
    is_ours = await _change(context, letter, uncounted, values, told_if_parked)
    if is_ours and not waits:
        context.observer.tried_again(letter.consumer, letter.type, letter.reason, "parked")
    return is_ours and waits


async def hasten(connection: AsyncConnection, now: datetime) -> bool:
    """An event took effect: whoever waits for a fact may find it now. Whether anybody does.

    Rows that another worker holds are left to it, so that two workers never wait for each other.
    """
    return bool((await connection.execute(_HASTENING, {"now": now})).rowcount)


def _waiting(letter_id: UUID) -> ColumnElement[bool]:
    return (deferred.c.id == letter_id) & (deferred.c.state == "waiting")


async def _change(
    context: Context,
    letter: Row[Any],
    still: ColumnElement[bool],
    values: Mapping[str, Any],
    told_if_parked: Told,
) -> bool:
    """Change an event where it still is as it must be; whether it was. What is told of one that is
    parked by it, is told in the same transaction."""
    change = deferred.update().where(still).values(**values).returning(deferred.c.id)
    changed: list[UUID] = []

    async def put_off(work: Work) -> Outcome:
        changed[:] = (await work.connection.execute(change)).scalars().all()
        return told_if_parked if changed and values["state"] == "parked" else None

    await _commit(context, {**letter._mapping}, put_off)
    return bool(changed)


async def _commit(context: Context, letter: Mapping[str, Any], act: Act) -> None:
    """As the service itself, in the one story that an event has however often it is tried."""
    named = hashlib.sha256(f"{letter['source']}\n{letter['event_id']}".encode()).hexdigest()
    await context.commit(act, actor=context.itself, correlation_id=named[:32])


def _may_wait(setback: Setback, attempt: int, waited: timedelta) -> bool:
    match setback.reason:
        case "not-yet-known":
            return waited < PATIENCE
        case "failed":
            return attempt < MOST_FAILURES
    return False
