"""The feed: what a system may read of what was archived, in an order that never changes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts import CONTRACTS, PUBLISHERS, Event
from shared.messaging.public import without_secrets
from shared.outsiders import Outsider
from shared.web.lists import Place, PlaceIsNotValid

from ..tables import archive

BEGINNING = "beginning"
"""The place before the first event."""
PUBLIC: Mapping[str, type[Event]] = MappingProxyType(
    {name: event for name, event in CONTRACTS.items() if event.public}
)
SPEAKERS = tuple(name for name, events in PUBLISHERS.items() if any(one.public for one in events))


class Feed(BaseModel):
    """Events in the order in which they were archived, as CloudEvents; `next` is where to go on
    from, now or when something has happened."""

    items: list[dict[str, Any]]
    next: str


async def read_feed(
    connection: AsyncConnection, installation: str, reader: Outsider, place: Place
) -> Feed:
    """Public events of the reader's types and parties. Raises `PlaceIsNotValid`.

    A place is the id of an event: a number would say how much of others lies between two of one's
    own. No event comes in before a place that was given out: see `archive_facts`.
    """
    after = place.after or BEGINNING
    query = select(archive.c.event_id, archive.c.type, archive.c.body).where(
        archive.c.type.in_(reader.receives & PUBLIC.keys()),
        archive.c.party.in_(reader.parties),
        archive.c.position > await _position(connection, installation, after),
    )
    rows = await connection.execute(query.order_by(archive.c.position).limit(place.limit))
    page = rows.all()
    items = [without_secrets(row.body, PUBLIC[row.type]) for row in page]
    return Feed(items=items, next=page[-1].event_id if page else after)


async def _position(connection: AsyncConnection, installation: str, after: str) -> int:
    if after == BEGINNING:
        return 0
    if not after.isprintable():
        raise PlaceIsNotValid
    sources = [f"urn:cadre:{installation}:{speaker}" for speaker in SPEAKERS]
    query = select(archive.c.position).where(
        archive.c.source.in_(sources), archive.c.event_id == after, archive.c.type.in_(PUBLIC)
    )
    found: int | None = (await connection.execute(query)).scalar_one_or_none()
    if found is None:
        raise PlaceIsNotValid
    return found
