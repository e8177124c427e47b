"""Two small services and a transport between them: one tells, one listens and keeps what it did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import aio_pika
import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, func, select

from shared.clock import Clock
from shared.context import Actor, Context, Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.registration import (
    NominationSubmitted,
    PartyDescribed,
    PersonErased,
    SeatFreed,
)
from shared.database import Database, Document, upsert_newest
from shared.ids import new_id
from shared.jobs import DoJob
from shared.links import Links
from shared.messaging.embedded import EmbeddedTransport
from shared.messaging.rabbit import RabbitTransport
from shared.messaging.rabbit.topology import declare_queues
from shared.messaging.reactions import Reactions, each, newest
from shared.messaging.relay import run_relay, sweep
from shared.messaging.transport import Delivery
from shared.refusals import NotYetKnown
from shared.rights import METADATA as SHARED_METADATA
from shared.tables import deferred, event_count, inbox, outbox
from shared.worker import Worker
from tests.servers.exchanges import declare_exchanges
from tests.servers.prepared import database_at

METADATA = MetaData()
effect = Table(
    "effect",
    METADATA,
    Column("what", String(80), nullable=False),
)
party = Table(
    "party",
    METADATA,
    Column("party", String(20), primary_key=True),
    Column("names", Document, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)
TABLES = (SHARED_METADATA, METADATA)
BROKER = "rabbitmq"
SETTINGS = ("sqlite", "postgresql", BROKER)
"""Embedded on each kind of database; and on PostgreSQL over RabbitMQ."""
whatever_the_transport = pytest.mark.parametrize("setting", SETTINGS[:2], indirect=True)
"""For tests that hand messages over themselves."""
over_rabbitmq = pytest.mark.parametrize("setting", [BROKER], indirect=True)
"""For what only a broker does."""
SECONDS_BETWEEN_LOOKS = 0.05
HARMFUL = "HARM"
"""Freed seats of this party can not be handled."""


async def keep_parties(work: Work, facts: Sequence[Fact[PartyDescribed]]) -> None:
    rows = [
        {"party": fact.event.party, "names": fact.event.names, "sequence": fact.sequence}
        for fact in facts
    ]
    work.stale += len(rows) - len(await upsert_newest(work.connection, party, rows))


async def note_a_freed_seat(work: Work, fact: Fact[SeatFreed]) -> Outcome:
    if fact.event.party == HARMFUL:
        raise ValueError("this one can not be handled")
    await work.connection.execute(effect.insert().values(what=str(fact.event.offer_id)))
    return None


async def note_a_known_partys_nominee(work: Work, fact: Fact[NominationSubmitted]) -> Outcome:
    known = select(func.count()).select_from(party).where(party.c.party == fact.event.party)
    if not (await work.connection.execute(known)).scalar_one():
        raise NotYetKnown("party")
    await work.connection.execute(effect.insert().values(what=str(fact.event.nomination_id)))
    return None


async def note_an_erasure(work: Work, fact: Fact[PersonErased]) -> Outcome:
    await work.connection.execute(effect.insert().values(what=f"erased {fact.event.person_id}"))
    return None


REACTIONS = Reactions(
    "scheduling",
    [
        newest(PartyDescribed, keep_parties),
        each(SeatFreed, note_a_freed_seat),
        each(NominationSubmitted, note_a_known_partys_nominee),
        each(PersonErased, note_an_erasure, consumer="scheduling.second"),
    ],
)


@dataclass
class Rig:
    """Registration tells, scheduling listens."""

    teller: Context
    listener: Context
    transport: EmbeddedTransport | RabbitTransport
    place: str
    """Where the transport is: the file of its queue, or a virtual host of the broker."""
    leave: Callable[[], Awaitable[None]]
    reactions: Reactions = REACTIONS
    jobs: Mapping[str, DoJob] = field(default_factory=dict)

    async def bind(self, service: str, types: Collection[str]) -> None:
        """Have a service receive these event types, and no others."""
        if isinstance(self.transport, EmbeddedTransport):
            self.transport.bind(service, types)
            return
        own = self.listener if service == self.listener.service else self.teller
        await declare_queues(self.place, own.database, service, types)

    async def tell(self, *events: Event, correlation_id: str = "test") -> None:
        """Commit events in the teller's outbox."""

        async def told(work: Work) -> Outcome:
            return events

        await self.act(told, correlation_id)

    async def act(
        self, act: Callable[[Work], Awaitable[Outcome]], correlation_id: str = "test"
    ) -> None:
        """Commit anything in the teller."""
        actor = Actor("tester", "admin")
        await self.teller.commit(act, actor=actor, correlation_id=correlation_id)

    async def relay(self) -> int:
        """Carry the outbox out; how many events were confirmed."""
        return await sweep(self.teller, self.transport)

    def worker(self) -> Worker:
        """A worker of the listener."""
        return Worker(self.listener, self.transport, self.reactions, self.jobs)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Worker]:
        """A relay and a worker at work; drained at the end."""
        worker = self.worker()
        relay = asyncio.create_task(run_relay(self.teller, self.transport))
        working = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            worker.drain()
            await working
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)

    async def effects(self) -> list[str]:
        """What the listener did, sorted."""
        return sorted([row.what for row in await self.rows(effect)])

    async def letters(self) -> Sequence[Any]:
        """What the listener set aside."""
        return await self.rows(deferred)

    async def rows(self, table: Table) -> Sequence[Any]:
        """All rows of a table of the listener."""
        async with self.listener.database.reading() as connection:
            return (await connection.execute(select(table))).all()

    async def waits_for(self, happened: Callable[[], Awaitable[bool]]) -> None:
        """Until something is so; fails after a minute."""
        async with asyncio.timeout(60):
            while not await happened():
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def staged(self) -> int:
        """How many events wait in the teller's outbox."""
        async with self.teller.database.reading() as connection:
            query = select(func.count()).select_from(outbox)
            return int((await connection.execute(query)).scalar_one())

    async def is_quiet(self) -> bool:
        """Whether nothing is on its way any more: what was committed was taken in or set aside.

        A broker does not tell of what is in a worker's hands, so the accounts have to."""
        letters = await self.letters()
        if await self.staged() or [letter for letter in letters if letter.state == "waiting"]:
            return False
        if await self.transport.queued("scheduling"):
            return False
        committed = await _counted(self.teller, "committed")
        return await _counted(self.listener, "taken-in") + len(letters) >= committed

    async def close(self) -> None:
        """Give the transport and the databases back."""
        await self.leave()
        await self.teller.database.close()
        await self.listener.database.close()


async def make_rig(
    teller_url: str, listener_url: str, folder: Path, broker_url: str | None = None
) -> Rig:
    """A rig on two databases that have its tables; over a broker where one is given."""
    teller = make_context("registration", teller_url, database_at(teller_url))
    listener = make_context("scheduling", listener_url, database_at(listener_url))
    place = broker_url or f"sqlite+aiosqlite:///{folder / 'queue.sqlite'}"
    transport, leave = await _transport(place)
    rig = Rig(teller, listener, transport, place, leave)
    await rig.bind("scheduling", REACTIONS.types)
    return rig


def make_context(service: str, url: str, database: Database | None = None) -> Context:
    """A service on its database, with connections of its own unless it is given some."""
    return Context(
        service=service,
        installation="test",
        database=database or Database(url),
        clock=Clock(),
        links=Links(b"k" * 32, "http://cadre.test", service),
    )


def freed_seat(party_code: str = "JO", offer_id: UUID | None = None) -> SeatFreed:
    """A freed seat."""
    return SeatFreed(
        call_id=new_id(), offer_id=offer_id or new_id(), party=party_code, reason="declined"
    )


def described(party_code: str, name: str = "Jordan") -> PartyDescribed:
    """A party under some name."""
    return PartyDescribed(party=party_code, kind="country", names={"en": name})


async def taken_in(rig: Rig) -> int:
    """How many events the listener's inbox holds."""
    return len(await rig.rows(inbox))


def again(delivery: Delivery, times: int) -> Delivery:
    """The same delivery, handed out more often."""
    return Delivery(delivery.message, times)


async def _transport(
    place: str,
) -> tuple[EmbeddedTransport | RabbitTransport, Callable[[], Awaitable[None]]]:
    if place.startswith("amqp"):
        async with await aio_pika.connect(place) as connection:
            await declare_exchanges(await connection.channel())
        over_rabbit = RabbitTransport(place)
        return over_rabbit, over_rabbit.close
    queue = Database(place)
    embedded = EmbeddedTransport(queue)
    await embedded.prepare()
    return embedded, queue.close


async def _counted(context: Context, direction: str) -> int:
    query = select(func.sum(event_count.c.events)).where(event_count.c.direction == direction)
    async with context.database.reading() as connection:
        return int((await connection.execute(query)).scalar_one() or 0)
