"""Reporting as tests meet it: a service on an empty database that hears what it is told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from joserfc.jwk import ECKey
from sqlalchemy import Table, select

from services.reporting.app import REACTIONS, build
from services.reporting.tables import METADATA
from shared.contracts import Envelope, Event, encode
from shared.database import Database
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Message, join
from shared.service import Service
from shared.settings import Settings
from shared.tables import METADATA as SHARED
from shared.tables import outbox
from shared.web.tokens import Issuer, Role, issue, trusting
from tests.servers.prepared import database_at
from tests.services.reporting.facts import NOW, an_id

TABLES = (SHARED, METADATA)
ISSUER = Issuer("test", ECKey.generate_key("P-256"))


class Nowhere:
    """A transport that carries nothing: what the service says stays in its outbox."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        return [False for _ in messages]

    async def consume(self, *_: object) -> None:
        return None

    async def queued(self, service: str) -> int:
        return 0


@dataclass
class Reporting:
    """The service under test."""

    service: Service
    database: Database
    told: int = 0
    sequences: dict[str, int] = field(default_factory=dict)

    async def hears(self, *events: Event, sequence: int | None = None) -> list[bytes]:
        """Have events arrive, those of one type in one message; the bodies, to come again."""
        bodies = [self.encoded(event, sequence) for event in events]
        messages: dict[str, list[bytes]] = {}
        for event, body in zip(events, bodies, strict=True):
            messages.setdefault(event.type, []).append(body)
        for event_type, together in messages.items():
            await self.receives(event_type, *together)
        return bodies

    async def receives(self, event_type: str, *bodies: bytes) -> None:
        """Have one message arrive."""
        dispatcher = Dispatcher(self.service.context, REACTIONS)
        await dispatcher.dispatch(Delivery(Message(event_type, join(bodies))))

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
                time=NOW,
                party=event.concerned_party,
                partitionkey=event.partitionkey,
                sequence=f"{self.sequences[key]:020}",
                correlationid="a-correlation",
                actor="coordinator",
                data=event.model_dump(mode="json", exclude_none=True),
            )
        )

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        """Everything in a table, in the order of its key."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(table).order_by(*table.primary_key))
            return [dict(row._mapping) for row in found]

    async def said(self) -> list[str]:
        """The types of the events in the outbox."""
        return [row["type"] for row in await self.rows(outbox)]

    def client(self, role: Role, subject: str = "", party: str | None = None) -> httpx.AsyncClient:
        """Somebody who is signed in."""
        token = issue(ISSUER, subject=subject or role, role=role, party=party, seconds=60)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.service.api),
            base_url="http://cadre.test",
            headers={"Authorization": f"Bearer {token}"},
        )


@asynccontextmanager
async def reporting_on(database_url: str, *, story: bool = False) -> AsyncIterator[Reporting]:
    """The service on an empty database of its own."""
    database = database_at(database_url)
    settings = Settings("test", "http://cadre.test", b"k" * 32, trusting(ISSUER), story)
    try:
        yield Reporting(build(settings, Nowhere(), database), database)
    finally:
        await database.close()
