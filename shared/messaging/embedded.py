"""The transport of embedded mode: one durable SQLite queue, feeding the same dispatchers."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import structlog
from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    func,
    select,
)

from shared.database import Database, is_unavailable
from shared.messaging.crash import crash_point
from shared.messaging.transport import Consume, Delivery, Exchange, Message

MESSAGES_PER_TURN = 50
SECONDS_BETWEEN_POLLS = 2.0
SECONDS_AFTER_A_FAILURE = 0.5
OUTWARD = (Exchange.PUBLIC, Exchange.REPLY)
"""Where other systems read, none of which has a queue here."""
METADATA = MetaData()
log = structlog.get_logger()

queue = Table(
    "queue",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("service", String(40), nullable=False),
    Column("type", String(120), nullable=False),
    Column("exchange", String(40), nullable=False),
    Column("address", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("deliveries", Integer, nullable=False, default=0),
    Index("queue_service", "service", "position"),
    sqlite_autoincrement=True,
)


class EmbeddedTransport:
    """Carries messages between the services of one process; survives its death."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bindings: dict[str, Collection[str]] = {}
        self._arrived: dict[str, asyncio.Event] = {}

    async def prepare(self) -> None:
        """Make the queue where it is not there yet."""
        async with self._database.writing() as connection:
            await connection.run_sync(METADATA.create_all)

    def bind(self, service: str, types: Collection[str]) -> None:
        """Have a service receive these event types."""
        self._bindings[service] = types
        self._arrived[service] = asyncio.Event()

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Put each message in the queue of every service bound to its type, in one commit.

        Outsiders have no queue here: they read the feed.
        """
        receivers = [self._receivers(message) for message in messages]
        rows = [
            {
                "service": service,
                "type": message.type,
                "exchange": message.exchange,
                "address": message.address,
                "body": message.body,
            }
            for message, services in zip(messages, receivers, strict=True)
            for service in services
        ]
        if rows:
            async with self._database.writing() as connection:
                await connection.execute(queue.insert(), rows)
        for service in {service for services in receivers for service in services}:
            self._arrived[service].set()
        return [
            bool(services) or message.exchange in OUTWARD
            for message, services in zip(messages, receivers, strict=True)
        ]

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        """Hand out messages in order of arrival; forget those that were dealt with.

        While the database of the service is away, what was taken stays in hand and counts once.
        """
        arrived = self._arrived[service]
        in_hand: Sequence[Row[Any]] = []
        while not stop.is_set():
            arrived.clear()
            failed = True
            try:
                in_hand = in_hand or await self._take(service)
                if not in_hand:
                    await _rest(SECONDS_BETWEEN_POLLS, stop, arrived)
                    continue
                done, failing = await self._hand_out(service, in_hand, consume, stop)
                await self._forget(done)
                in_hand = [row for row in in_hand if row.position not in done]
                failed = bool(in_hand)
                if failing:
                    await self._give_back(row for row in in_hand if row is not failing)
                    in_hand = []
            except Exception as error:
                log.warning("queue_is_away", service=service, exc_info=error)
            if failed:
                await _rest(SECONDS_AFTER_A_FAILURE, stop)
        await self._leave(service, in_hand)

    async def queued(self, service: str) -> int:
        """How many messages wait for a service or are in its hands."""
        query = select(func.count()).select_from(queue).where(queue.c.service == service)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    def _receivers(self, message: Message) -> list[str]:
        if message.exchange in OUTWARD:
            return []
        return [service for service, types in self._bindings.items() if message.type in types]

    async def _take(self, service: str) -> Sequence[Row[Any]]:
        """The next messages, counted as handed out. One that was before is taken alone: should it
        have ended the process, nothing else is counted with it."""
        mine = select(queue.c.position, queue.c.deliveries).where(queue.c.service == service)
        first = mine.order_by(queue.c.position)
        async with self._database.reading() as connection:
            next_one = (await connection.execute(first.limit(1))).first()
        if not next_one:
            return []
        several = first.limit(1 if next_one.deliveries else MESSAGES_PER_TURN).subquery()
        taking = queue.update().where(queue.c.position.in_(select(several.c.position)))
        taking = taking.values(deliveries=queue.c.deliveries + 1)
        async with self._database.writing() as connection:
            rows = (await connection.execute(taking.returning(*queue.c))).all()
        return sorted(rows, key=lambda row: row.position)

    async def _hand_out(
        self, service: str, taken: Sequence[Row[Any]], consume: Consume, stop: asyncio.Event
    ) -> tuple[list[int], Row[Any] | None]:
        """What was dealt with, up to the first that was not; that one, where it is to blame."""
        done: list[int] = []
        for row in taken:
            if stop.is_set():
                break
            message = Message(row.type, row.body, Exchange(row.exchange), row.address)
            try:
                await consume(Delivery(message, row.deliveries))
            except Exception as error:
                log.warning("delivery_interrupted", service=service, exc_info=error)
                return done, None if is_unavailable(error) else row
            done.append(row.position)
        return done, None

    async def _forget(self, positions: Sequence[int]) -> None:
        if not positions:
            return
        crash_point("before-acknowledging")
        async with self._database.writing() as connection:
            await connection.execute(queue.delete().where(queue.c.position.in_(positions)))
        crash_point("after-acknowledging")

    async def _give_back(self, rows: Iterable[Row[Any]]) -> None:
        """They count as not handed out."""
        if positions := [row.position for row in rows]:
            returned = queue.update().where(queue.c.position.in_(positions))
            async with self._database.writing() as connection:
                await connection.execute(returned.values(deliveries=queue.c.deliveries - 1))

    async def _leave(self, service: str, in_hand: Sequence[Row[Any]]) -> None:
        try:
            await self._give_back(in_hand)
        except Exception as error:
            log.warning("queue_is_away", service=service, exc_info=error)


async def _rest(seconds: float, *until: asyncio.Event) -> None:
    """For so long, or until one of these happens."""
    waits = [asyncio.create_task(one.wait()) for one in until]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
