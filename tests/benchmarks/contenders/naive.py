"""The chain as it is first written: the ORM, one confirm at a time, a transaction per message.

`python -m tests.benchmarks.contenders.naive ROLE DATABASE_URL BROKER_URL [QUEUE]`
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import aio_pika
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from shared.contracts import Envelope, encode
from shared.contracts.registration import NominationSubmitted
from shared.ids import new_id
from shared.process.loop import run_in_loop

from .asking import answer_on_input
from .naive_models import InboxRow, Nomination, OutboxRow
from .nominations import PUBLISHER, row_of, submitted
from .plain_faststream import PREFETCH, Told, consume_until_stopped
from .single_confirm import publish_one

EXCHANGE = "naive"
ROWS_AT_ONCE = 100
SECONDS_BETWEEN_POLLS = 0.01
Sessions = async_sessionmaker[AsyncSession]


async def run_importer(sessions: Sessions, _broker_url: str) -> None:
    """Import when told to."""
    await answer_on_input(partial(_import, sessions))


async def run_relay(sessions: Sessions, broker_url: str) -> None:
    """Publish the rows in order, each confirmed and forgotten before the next one goes."""
    connection = await aio_pika.connect(broker_url)
    channel = await connection.channel(publisher_confirms=True)
    exchange = await channel.get_exchange(EXCHANGE)
    while True:
        async with sessions() as session:
            query = select(OutboxRow).order_by(OutboxRow.position).limit(ROWS_AT_ONCE)
            rows = (await session.scalars(query)).all()
        for row in rows:
            await publish_one(exchange, row.type, row.body)
            async with sessions.begin() as session:
                await session.delete(row)
        if not rows:
            await asyncio.sleep(SECONDS_BETWEEN_POLLS)


async def run_consumer(sessions: Sessions, broker_url: str, queue: str) -> None:
    """Inbox and copy in one transaction, a message at a time and some side by side."""

    async def keep_nomination(told: Told) -> None:
        async with sessions.begin() as session:
            if await session.get(InboxRow, told.id):
                return
            session.add(InboxRow(event_id=told.id))
            await session.merge(Nomination(**row_of(told.data)))

    await consume_until_stopped(broker_url, queue, keep_nomination)


async def _import(sessions: Sessions, number: int) -> None:
    """State and outbox in one transaction, a nomination at a time."""
    for event in submitted(number):
        async with sessions.begin() as session:
            session.add(Nomination(**row_of(event)))
            session.add(OutboxRow(type=event.type, body=_told(event)))


def _told(event: NominationSubmitted) -> bytes:
    envelope = Envelope(
        id=str(new_id()),
        source=f"urn:cadre:bench:{PUBLISHER}",
        type=event.type,
        time=datetime.now(UTC),
        party=event.concerned_party,
        partitionkey=event.partitionkey,
        sequence=f"{1:020}",
        correlationid="bench",
        actor="admin",
        data=event.model_dump(mode="json", exclude_none=True),
    )
    return encode(envelope)


ROLES: dict[str, Callable[..., Awaitable[None]]] = {
    "importer": run_importer,
    "relay": run_relay,
    "consumer": run_consumer,
}


async def play(role: str, database_url: str, broker_url: str, *queue: str) -> None:
    """One process of the chain, until told to stop."""
    engine = create_async_engine(database_url, pool_size=PREFETCH)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    await ROLES[role](sessions, broker_url, *queue)
    await engine.dispose()


if __name__ == "__main__":
    run_in_loop(play(*sys.argv[1:]))
