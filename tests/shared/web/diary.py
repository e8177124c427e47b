"""A tiny service of one table, built as every service is, for the tests of `shared.web`."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI
from joserfc.jwk import ECKey
from sqlalchemy import Column, MetaData, String, Table, select

from shared.context import Context
from shared.database import Database
from shared.database.heads import newest_revision
from shared.messaging.reactions import Reactions
from shared.messaging.transport import Consume, Message
from shared.rights import METADATA as SHARED_TABLES
from shared.service import make_context
from shared.settings import Settings
from shared.tables import audit
from shared.web.api import make_api, take_in
from shared.web.operations import operate
from shared.web.pages import Pages
from shared.web.tokens import Issuer, Role, issue, trusting
from tests.shared.web.diary_api import METADATA, Doors, diary_routes

ORIGIN = "https://cadre.example"
SERVICE = "registration"
"""In whose name the diary speaks: only a service of the house publishes events."""
REVISIONS = MetaData()
REVISION = {
    part: Table(f"{part}_revision", REVISIONS, Column("version_num", String))
    for part in ("shared", SERVICE)
}
TABLES = (SHARED_TABLES, METADATA, REVISIONS)
BEGIN = datetime(2018, 5, 1, 6, 0, tzinfo=UTC)


@dataclass
class StillTransport:
    """Carries nothing; says that three messages wait."""

    waiting: int = 3

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        return [False] * len(messages)

    async def consume(self, service: str, consume: Consume, stop: asyncio.Event) -> None:
        await stop.wait()

    async def queued(self, service: str) -> int:
        return self.waiting


@dataclass
class Diary:
    """The service as a test meets it."""

    context: Context
    api: FastAPI
    client: httpx.AsyncClient
    doors: Doors = field(default_factory=Doors)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        role: Role | None = "coordinator",
        party: str | None = None,
        subject: str | None = None,
        headers: Mapping[str, str] | None = None,
        **request: Any,
    ) -> httpx.Response:
        """Ask as somebody with this role, or as nobody."""
        signed = {"Authorization": f"Bearer {token(role, party, subject)}"} if role else {}
        return await self.client.request(
            method, path, headers={**signed, **(headers or {})}, **request
        )

    async def write(self, words: str = "a note", **more: Any) -> dict[str, Any]:
        """A new entry, as the service shows it."""
        answer = await self.ask("POST", "/entries", json=an_entry(words, **more))
        assert answer.status_code == 201, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def records(self) -> list[Any]:
        """What the audit says, in order."""
        async with self.context.database.reading() as connection:
            found = await connection.execute(select(audit).order_by(audit.c.position))
            return list(found.all())


def an_entry(words: str = "a note", **more: Any) -> dict[str, Any]:
    """A body that is taken."""
    on = date(2018, 6, 24).isoformat()
    return {"words": words, "number": 1, "mood": "calm", "on": on, **more}


@cache
def issuer() -> Issuer:
    """The issuer this service trusts."""
    return Issuer("urn:cadre:local-issuer", ECKey.generate_key("P-256"))


def token(role: Role, party: str | None = None, subject: str | None = None) -> str:
    """A bearer token of the trusted issuer."""
    return issue(issuer(), subject=subject or role, role=role, party=party, seconds=60)


@asynccontextmanager
async def open_diary(url: str, *, story: bool = False) -> AsyncIterator[Diary]:
    """The service on a database with its tables and no rows."""
    settings = Settings("test", ORIGIN, b"k" * 32, trusting(issuer()), story=story)
    database = Database(url, turn_timeout=2.0)
    async with database.writing() as connection:
        for part, revision in REVISION.items():
            await connection.execute(revision.insert().values(version_num=newest_revision(part)))
    context = make_context(SERVICE, settings, database)
    doors = Doors()
    api = make_api(
        context, settings.issuers, title="Diary", description="Notes, kept.", pages=Pages()
    )
    operate(api, StillTransport(), Reactions("diary", []))
    take_in(api, diary_routes(doors))
    transport = httpx.ASGITransport(app=api)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Diary(context, api, client, doors)
    await database.close()
