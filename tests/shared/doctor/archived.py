"""An archive that holds what a test puts into it, asked as reporting's is."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from services.reporting.archive import blanked
from shared.context import Context
from shared.contracts import CONTRACTS, Event, decode
from shared.database import Database
from shared.doctor.archive import Archive
from shared.messaging.reactions import Reactions
from shared.service import Service
from shared.tables import outbox
from tests.services.notifications.building import Nowhere

PAGE = 2
"""So few rows at a time that tests turn pages."""


def service_of(context: Context, reactions: Sequence[Any] = (), **more: Any) -> Service:
    """A service of nothing but what is said here."""
    known = Reactions(context.service, reactions)
    return Service(context, Nowhere(), known, {}, FastAPI(), **more)


async def told(context: Context) -> list[bytes]:
    """What a service has put into its outbox, encoded."""
    query = select(outbox.c.body).order_by(outbox.c.position)
    async with context.database.reading() as connection:
        return list((await connection.execute(query)).scalars())


async def forget_the_outbox(database: Database) -> None:
    """It was all carried out."""
    async with database.writing() as connection:
        await connection.execute(outbox.delete())


def row_of(body: bytes) -> dict[str, Any]:
    """An event as the archive shows it; private ones are never there."""
    contract: type[Event] = CONTRACTS[json.loads(body)["type"]]
    assert not contract.private
    fact = decode(body, contract)
    return {
        "source": fact.source,
        "event_id": fact.id,
        "type": fact.type,
        "partitionkey": fact.partitionkey,
        "sequence": fact.sequence,
        "time": fact.time.isoformat(),
        "actor": fact.actor,
        "body": blanked(fact),
    }


@asynccontextmanager
async def archive_of(*bodies: bytes) -> AsyncIterator[Archive]:
    """The archive of these events, in this order."""
    rows = [row_of(body) for body in bodies]

    def answer(request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        found = [
            row
            for row in rows
            if asked.get("type", row["type"]) == row["type"]
            and asked.get("source", row["source"]) == row["source"]
        ]
        first = int(asked.get("after", 0))
        more = str(first + PAGE) if len(found) > first + PAGE else None
        return httpx.Response(200, json={"items": found[first : first + PAGE], "next": more})

    transport = httpx.MockTransport(answer)
    async with httpx.AsyncClient(transport=transport, base_url="http://archive") as client:
        yield Archive(client)
