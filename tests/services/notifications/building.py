"""Notifications as tests meet it: on an empty database, in a story, with receivers that obey."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

import httpx
from joserfc.jwk import ECKey
from sqlalchemy import Table, select

from services.notifications import Deliver, build
from services.notifications.app import REACTIONS
from services.notifications.channels import Arrival, SendOutcome
from services.notifications.rendering import RenderedEmail, RenderedSms
from services.notifications.tables import METADATA, message
from shared import jobs
from shared.clock import move_story
from shared.context import Act, Outcome, Work
from shared.contracts import CONTRACTS, Envelope, Event, decode, encode
from shared.database import Database
from shared.jobs import Job, TryAgain
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Message, join
from shared.rights import METADATA as SHARED
from shared.service import Service
from shared.settings import Settings
from shared.tables import deferred, job, outbox
from shared.web.tokens import Issuer, Role, issue, trusting
from tests.servers.prepared import database_at

from .facts import an_id

TABLES = (SHARED, METADATA)
ISSUER = Issuer("test", ECKey.generate_key("P-256"))
START = datetime(2018, 5, 1, 8, tzinfo=UTC)
ORIGIN = "http://cadre.test"
SENT = SendOutcome("sent", "accepted", 250)
Written = TypeVar("Written")


class Nowhere:
    """A transport that carries nothing: what the service says stays in its outbox."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        return [False for _ in messages]

    async def consume(self, *_: object) -> None:
        return None

    async def queued(self, service: str) -> int:
        return 0


@dataclass
class Receiver(Generic[Written]):
    """A receiver that ends each sending as it is told to, and keeps what it took."""

    outcomes: list[SendOutcome] = field(default_factory=list)
    answers: Arrival | None = None
    """What it says when asked; by itself it tells the truth."""
    kept: list[tuple[str, str, Written]] = field(default_factory=list)
    asked: int = 0

    async def send(self, key: str, to: str, written: Written) -> SendOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else SENT
        if outcome.state == "sent" or outcome.reason == "taken-all-the-same":
            self.kept.append((key, to, written))
        return outcome

    async def ask(self, key: str) -> Arrival:
        self.asked += 1
        known: Arrival = "known" if key in {one[0] for one in self.kept} else "not_known"
        return self.answers or known


@dataclass
class Notifications:
    """The service under test."""

    service: Service
    database: Database
    mails: Receiver[RenderedEmail]
    texts: Receiver[RenderedSms]
    told: int = 0
    sequences: dict[str, int] = field(default_factory=dict)

    async def hears(self, *events: Event, sequence: int | None = None) -> list[tuple[str, bytes]]:
        """Have events arrive, one message each; what arrived, to be delivered again."""
        letters = [self.encoded(event, sequence) for event in events]
        for event_type, body in letters:
            await self.receives(event_type, body)
        return letters

    async def receives(self, event_type: str, *bodies: bytes) -> None:
        """Have one message arrive, and let what waited for it take effect."""
        dispatcher = Dispatcher(self.service.context, REACTIONS)
        await dispatcher.dispatch(Delivery(Message(event_type, join(bodies))))
        await self.tries_again()

    async def tries_again(self) -> None:
        """Let what waited take effect, as far as it can now."""
        dispatcher = Dispatcher(self.service.context, REACTIONS)
        for letter in await self.rows(deferred):
            args = (letter["consumer"], letter["type"], letter["body"])
            if await dispatcher.try_again(*args) is None:
                async with self.database.writing() as connection:
                    await connection.execute(deferred.delete().where(deferred.c.id == letter["id"]))

    def encoded(self, event: Event, sequence: int | None = None) -> tuple[str, bytes]:
        """An event as its publisher sends it, in the next place of its aggregate."""
        self.told += 1
        key = f"{event.aggregate}:{event.partitionkey}"
        self.sequences[key] = sequence or self.sequences.get(key, 0) + 1
        envelope = Envelope(
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
        return event.type, encode(envelope)

    async def moves_to(self, moment: datetime) -> None:
        """Put the story's clock forward."""
        async with self.database.writing() as connection:
            await move_story(connection, moment)

    async def does_jobs(self, turns: int = 30) -> None:
        """Do what is due as the worker does, without waiting for the machine's clock."""
        for _ in range(turns):
            claimed = await self.claims()
            if not claimed:
                return
            for one in claimed:
                await self.does(one)

    async def claims(self) -> Sequence[Job]:
        """Take due jobs, those put off too."""
        await self.changes_jobs(retry_at=self.service.context.clock.machine())
        return await jobs.claim(self.service.context)

    async def does(self, one: Job) -> None:
        """Do one job, and record its result or put it off."""
        context = self.service.context
        try:
            conclude = await self.service.job_kinds[one.kind](one, context)
            await self.works(partial(_conclude, one=one, conclude=conclude))
        except TryAgain as again:
            await jobs.put_off(context, one, str(again), again)

    async def dies_while_sending(self) -> None:
        """What is left when the process is killed in the middle: a lease that ends by itself."""
        ended = self.service.context.clock.machine() - timedelta(seconds=1)
        await self.changes_jobs(lease_until=ended)

    async def changes_jobs(self, **values: object) -> None:
        """Change all jobs behind the back of the service."""
        async with self.database.writing() as connection:
            await connection.execute(job.update().values(**values))

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        """Everything in a table, in the order of its key."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(table).order_by(*table.primary_key))
            return [dict(row._mapping) for row in found]

    async def messages(self, **wanted: object) -> list[dict[str, Any]]:
        """The messages with these values, by channel and language."""
        rows = [
            row
            for row in await self.rows(message)
            if all(row[name] == value for name, value in wanted.items())
        ]
        return sorted(rows, key=lambda row: (row["message"], row["channel"], row["key"]))

    async def reminders(self) -> dict[str, datetime]:
        """The reminders that are planned: key and instant."""
        return {
            row["key"]: row["due_at"]
            for row in await self.rows(job)
            if row["kind"] == "remind" and row["state"] == "waiting"
        }

    async def said(self, *types: type[Event]) -> list[Any]:
        """The events in the outbox, of some types or of all."""
        rows = await self.rows(outbox)
        events = [decode(row["body"], CONTRACTS[row["type"]]).event for row in rows]
        return [event for event in events if not types or isinstance(event, types)]

    async def works(self, act: Act) -> Sequence[Event]:
        """Commit an act as the service itself."""
        context = self.service.context
        return await context.commit(act, actor=context.itself, correlation_id="a-correlation")

    def client(self, role: Role | None = None, subject: str = "") -> httpx.AsyncClient:
        """Somebody who is signed in, or nobody in particular."""
        headers = {}
        if role:
            token = issue(ISSUER, subject=subject or role, role=role, party=None, seconds=600)
            headers["Authorization"] = f"Bearer {token}"
        inside = httpx.ASGITransport(self.service.api)
        return httpx.AsyncClient(transport=inside, base_url=ORIGIN, headers=headers)


@asynccontextmanager
async def notifications_on(
    database_url: str, deliver: Deliver | None = None
) -> AsyncIterator[Notifications]:
    """The service on an empty database of its own, in a story that begins in May 2018."""
    database = database_at(database_url)
    async with database.writing() as connection:
        await move_story(connection, START)
    settings = Settings("test", ORIGIN, b"k" * 32, trusting(ISSUER), story=True)
    mails, texts = Receiver[RenderedEmail](), Receiver[RenderedSms]()
    ways = deliver or Deliver(mails, texts, "The Course Secretariat")
    try:
        service = build(settings, Nowhere(), database, deliver=ways)
        yield Notifications(service, database, mails, texts)
    finally:
        await database.close()


def shuffled(letters: Sequence[tuple[str, bytes]], seed: int) -> Iterator[tuple[str, bytes]]:
    """The same deliveries, each twice, in an order that the seed decides."""
    twice = [*letters, *letters]
    while twice:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield twice.pop(seed % len(twice))


async def _conclude(work: Work, *, one: Job, conclude: Act | None) -> Outcome:
    await jobs.finish(work, one)
    return await conclude(work) if conclude else None
