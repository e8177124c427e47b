"""The relay: carries what was committed to the transport, and forgets it once confirmed."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import bindparam, select

from shared.context import Context
from shared.contracts import CONTRACTS, EXTERNAL
from shared.database import delete_these, is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.public import audience_of, outward, replies
from shared.messaging.transport import PACK_BYTES, PACK_EVENTS, Exchange, Message, Transport, join
from shared.tables import outbox

ROWS_PER_TURN = 500
SECONDS_BETWEEN_POLLS = 2.0
log = structlog.get_logger()
_NEXT = (
    select(outbox.c.position, outbox.c.type, outbox.c.body)
    .where(outbox.c.position > bindparam("after"))
    .order_by(outbox.c.position)
    .limit(ROWS_PER_TURN)
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A message, and the outbox rows it stands for."""

    message: Message
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """How many rows of a turn were confirmed, the last position it read, and whether nothing was
    left behind that."""

    confirmed: int = 0
    reached: int = 0
    is_last: bool = False


async def run_relay(context: Context, transport: Transport) -> None:
    """Publish the outbox whenever something was committed, until cancelled."""
    away = False
    while True:
        context.signals.outbox.clear()
        try:
            await sweep(context, transport)
            away = False
        except Exception as error:
            was_away, away = away, is_unavailable(error)
            if not away:
                log.warning("relay_turn_failed", service=context.service, exc_info=error)
            elif not was_away:
                reason = type(error).__name__
                log.warning("database_is_away", service=context.service, error=reason)
        try:
            await asyncio.wait_for(context.signals.outbox.wait(), SECONDS_BETWEEN_POLLS)
        except TimeoutError:
            continue


async def sweep(context: Context, transport: Transport) -> int:
    """Publish everything committed so far, turn by turn; how many events were confirmed.

    What is not confirmed stays for the next sweep and does not hold up what comes after it.
    """
    confirmed = 0
    turn: Turn | None = Turn()
    while turn and not turn.is_last:
        if turn := await relay_turn(context, transport, after=turn.reached):
            confirmed += turn.confirmed
    return confirmed


async def relay_turn(context: Context, transport: Transport, *, after: int = 0) -> Turn | None:
    """Publish the next 500 rows in order, outside any transaction; None when there are none.

    Other systems are told what the services have: a row that can not leave is not told again and
    again. Rows are forgotten only when all that carries them was confirmed.
    """
    async with context.database.glancing() as connection:
        rows = (await connection.execute(_NEXT, {"after": after})).all()
    if not rows:
        return None
    crash_point("before-publish")
    began = time.time_ns()
    packs = list(pack_rows(rows))
    carried = await _confirmed(transport, packs, {row.position for row in rows})
    ours = [row for row in rows if row.position in carried]
    async with context.database.glancing() as connection:
        audience = await audience_of(connection)
    single = [Packed(message, (position,)) for position, message in outward(ours, audience)]
    sent = await _confirmed(transport, single, carried)
    for reply in replies(ours):
        await transport.publish(reply)
    crash_point("after-publish")
    if sent:
        async with context.database.writing() as connection:
            await delete_these(connection, outbox.c.position, sent)
        context.observer.published([row for row in rows if row.position in sent], began)
    crash_point("after-forgetting")
    return Turn(len(sent), rows[-1].position, is_last=len(rows) < ROWS_PER_TURN)


async def _confirmed(
    transport: Transport, packs: Sequence[Packed], positions: set[int]
) -> set[int]:
    """The positions of which nothing that was published is unconfirmed."""
    if not packs:
        return positions
    confirmed = await transport.publish([packed.message for packed in packs])
    missed = [one for one, done in zip(packs, confirmed, strict=True) if not done]
    return positions.difference(*(packed.positions for packed in missed))


def pack_rows(rows: Sequence[Any]) -> Iterator[Packed]:
    """Events of one type travel together, at most 50 and 64 KB; private ones travel alone, as do
    those of a type that this version does not know."""
    by_type: dict[str, list[Any]] = {}
    for row in rows:
        by_type.setdefault(row.type, []).append(row)
    for event_type, of_type in by_type.items():
        if event_type in EXTERNAL:
            yield from (_let_in(event_type, row) for row in of_type)
            continue
        contract = CONTRACTS.get(event_type)
        private = contract is None or contract.private
        waiting: list[Any] = []
        for row in of_type:
            size = sum(len(one.body) + 2 for one in waiting) + len(row.body)
            full = len(waiting) == PACK_EVENTS or (waiting and size > PACK_BYTES)
            if waiting and (private or full):
                yield _packed(event_type, private, waiting)
                waiting = []
            waiting.append(row)
        yield _packed(event_type, private, waiting)


def _packed(event_type: str, private: bool, rows: Sequence[Any]) -> Packed:
    exchange = Exchange.PRIVATE if private else Exchange.INTERNAL
    message = Message(event_type, join([row.body for row in rows]), exchange)
    return Packed(message, tuple(row.position for row in rows))


def _let_in(event_type: str, row: Any) -> Packed:
    """What another system sent by HTTP goes to its owner as if it came through the broker."""
    sender = json.loads(row.body)["outsider"]
    return Packed(Message(event_type, row.body, Exchange.INGRESS, sender), (row.position,))
