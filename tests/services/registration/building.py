"""Registration as tests meet it: a service on an empty database, a story, and people who ask."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import httpx
from joserfc.jwk import ECKey
from sqlalchemy import Table, select

from services.registration.app import REACTIONS, build
from services.registration.outsiders.broker import Broker
from services.registration.tables import METADATA
from shared import jobs
from shared.clock import move_story
from shared.context import Work
from shared.contracts import CONTRACTS, Envelope, Event, decode, encode
from shared.database import Database
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Message, join
from shared.rights import METADATA as SHARED
from shared.service import Service
from shared.settings import Settings
from shared.tables import deferred, outbox
from shared.web.tokens import Issuer, Role, issue, trusting
from tests.servers.prepared import database_at

TABLES = (SHARED, METADATA)
ISSUER = Issuer("test", ECKey.generate_key("P-256"))
START = datetime(2018, 4, 2, 8, tzinfo=UTC)
ORIGIN = "http://cadre.test"
SignedIn = tuple[Role | None, str | None, str]
"""The role, the party and the subject that somebody's token names."""


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(UUID(int=0), name)


class Nowhere:
    """A transport that carries nothing: what the service says stays in its outbox."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        return [False for _ in messages]

    async def consume(self, *_: object) -> None:
        return None

    async def queued(self, service: str) -> int:
        return 0


@dataclass
class Registration:
    """The service under test."""

    service: Service
    database: Database
    told: int = 0
    sequences: dict[str, int] = field(default_factory=dict)
    read: int = 0
    delivered: int = 0
    now: datetime = START
    people: list[tuple[httpx.AsyncClient, SignedIn]] = field(default_factory=list)
    takes_over: bool = True
    """Whether rows that another test asked for may be put into its database, see `made_once`."""

    @property
    def is_untouched(self) -> bool:
        """Whether it was told nothing yet, and nobody could ask it for anything."""
        return not self.told and not self.people

    async def hears(self, *events: Event, sequence: int | None = None) -> list[bytes]:
        """Have events of others arrive, one message each; the bodies, to be delivered again."""
        bodies = [self.encoded(event, sequence) for event in events]
        for event, body in zip(events, bodies, strict=True):
            await self.receives(event.type, body)
        return bodies

    async def receives(self, event_type: str, *bodies: bytes) -> None:
        """Have one message arrive."""
        dispatcher = Dispatcher(self.service.context, REACTIONS)
        await dispatcher.dispatch(Delivery(Message(event_type, join(bodies))))

    async def hears_itself(self) -> None:
        """Have what it said since the last time arrive with itself, as far as it listens."""
        rows = [row for row in await self.rows(outbox) if row["position"] > self.delivered]
        self.delivered = max([self.delivered, *(row["position"] for row in rows)])
        for row in rows:
            await self.receives(row["type"], row["body"])

    async def tries_again(self) -> None:
        """Let what was set aside take effect, as far as it can now."""
        dispatcher = Dispatcher(self.service.context, REACTIONS)
        for letter in await self.rows(deferred):
            args = (letter["consumer"], letter["type"], letter["body"])
            if await dispatcher.try_again(*args) is None:
                async with self.database.writing() as connection:
                    await connection.execute(deferred.delete().where(deferred.c.id == letter["id"]))

    def encoded(self, event: Event, sequence: int | None = None) -> bytes:
        """An event as its publisher sends it, in the next place of its aggregate."""
        self.told += 1
        key = f"{event.aggregate}:{event.partitionkey}"
        self.sequences[key] = sequence or self.sequences.get(key, 0) + 1
        return encode(
            Envelope(
                id=str(an_id(f"event {self.told}")),
                source=f"urn:cadre:test:{event.type.split('.')[0]}",
                type=event.type,
                time=START,
                party=event.concerned_party,
                partitionkey=event.partitionkey,
                sequence=f"{self.sequences[key]:020}",
                correlationid="a-correlation",
                actor="coordinator",
                data=event.model_dump(mode="json", exclude_none=True),
            )
        )

    async def moves_to(self, moment: datetime) -> None:
        """Put the story's clock forward."""
        async with self.database.writing() as connection:
            await move_story(connection, moment)
        self.now = moment

    async def does_jobs(self) -> int:
        """Do the jobs that are due, as the worker would; how many."""
        context = self.service.context
        claimed = await jobs.claim(context)
        for one in claimed:
            conclude = await self.service.job_kinds[one.kind](one, context)
            await context.commit(
                partial(_conclude, one=one, conclude=conclude),
                actor=context.itself,
                correlation_id=one.correlation_id,
            )
        return len(claimed)

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        """Everything in a table, in the order of its key."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(table).order_by(*table.primary_key))
            return [dict(row._mapping) for row in found]

    async def said(self, *types: type[Event]) -> list[Any]:
        """The events in the outbox since the last look, of some types or of all."""
        rows = [row for row in await self.rows(outbox) if row["position"] > self.read]
        self.read = max([self.read, *(row["position"] for row in rows)])
        events = [decode(row["body"], CONTRACTS[row["type"]]).event for row in rows]
        return [event for event in events if not types or isinstance(event, types)]

    def client(
        self, role: Role | None = None, party: str | None = None, subject: str = ""
    ) -> httpx.AsyncClient:
        """Somebody who is signed in, or nobody in particular."""
        headers, how = {}, (role, party, subject)
        if role:
            subject = subject or (f"{role}-{party}" if party else role)
            token = issue(ISSUER, subject=subject, role=role, party=party, seconds=600)
            headers["Authorization"] = f"Bearer {token}"
        transport = httpx.ASGITransport(self.service.api)
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)
        self.people.append((client, how))
        return client


@asynccontextmanager
async def a_registration(
    url: str, now: datetime = START, broker: Broker | None = None
) -> AsyncIterator[Registration]:
    """The service on an empty database, in a story that stands at `now`."""
    database = database_at(url)
    settings = Settings("test", ORIGIN, b"a key of links", trusting(ISSUER), story=True)
    registration = Registration(build(settings, Nowhere(), database, broker=broker), database)
    await registration.moves_to(now)
    try:
        yield registration
    finally:
        for person, _ in registration.people:
            await person.aclose()
        await database.close()


async def _conclude(work: Work, *, one: jobs.Job, conclude: Any) -> Any:
    await jobs.finish(work, one)
    return await conclude(work) if conclude else None
