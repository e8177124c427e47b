"""The broker as this service meets it: of a known version, with its queues and bindings."""

import re
import ssl
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

import aio_pika
import httpx
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import AMQPError, ChannelNotFoundEntity
from sqlalchemy import select

from shared.database import Database
from shared.messaging.rabbit.management import Administrator, managing
from shared.messaging.rabbit.topology import (
    Binding,
    bindings_of,
    dead_letters_of,
    queue_of,
    queues_read_by,
)
from shared.process.environment import Environment
from shared.tables import broker_binding

from .finding import Check, Found, right, warning, wrong
from .rights import has_its_rights_and_no_more

OLDEST, NEWEST = (3, 10), (4, 99)
SECONDS_TO_CONNECT = 8
MIGRATE = "run `migrate` of this service (after `python -m deploy.broker`)"


@dataclass(frozen=True, slots=True)
class Place:
    """A broker, as one service of an installation connects to it, and what that listens to."""

    url: str
    service: str
    types: Collection[str]
    administrator: Administrator | None = None
    """Whoever can list what AMQP itself can not be asked."""

    @property
    def vhost(self) -> str:
        """The virtual host of the installation."""
        return unquote(urlsplit(self.url).path.removeprefix("/")) or "/"


def administrator_of(environment: Environment) -> Administrator | None:
    """The management API, where this process may ask it."""
    names = ("URL", "USER", "PASSWORD")
    given = [environment.maybe(f"CADRE_BROKER_MANAGEMENT_{name}") for name in names]
    url, user, password = given
    if not (url and user and password):
        return None
    return Administrator(url, user, password, environment.broker_authority)


def checks_of(place: Place, database: Database) -> Sequence[Check]:
    """All checks of the broker."""
    return [
        Check("broker", lambda: answers(place)),
        Check("broker-rights", lambda: _rights(place)),
        Check("queues", lambda: queues_stand(place)),
        Check("bindings", lambda: bindings_are_those_wanted(place, database)),
    ]


async def answers(place: Place) -> Found:
    """It lets us in, and is of a supported version."""
    try:
        async with connected(place) as connection:
            version = version_of(connection)
    except (AMQPError, OSError, TimeoutError) as error:
        remedy = "start it, or correct CADRE_BROKER_URL (user, password, virtual host)"
        return wrong(f"no connection ({type(error).__name__})", remedy)
    number = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    said = f"RabbitMQ {version} answers"
    if number < OLDEST:
        return wrong(f"{said}; it is too old", "move to RabbitMQ 4")
    if number > NEWEST:
        return warning(f"{said}; newer than any we were tried on", "prefer RabbitMQ 4")
    return right(said)


async def queues_stand(place: Place) -> Found:
    """Every queue of this service is there, and somebody takes from it."""
    waiting, idle = 0, []
    async with connected(place) as connection:
        for name in (*queues_read_by(place.service), dead_letters_of(place.service)):
            try:
                async with connection.channel() as channel:
                    queue = await channel.declare_queue(name, passive=True)
            except ChannelNotFoundEntity:
                return wrong(f"the queue {name} is missing", MIGRATE)
            waiting += queue.declaration_result.message_count or 0
            if not queue.declaration_result.consumer_count:
                idle.append(name)
    said = f"{waiting} messages wait"
    if idle:
        return warning(f"{said}, and nobody takes from {', '.join(idle)}", "start a worker")
    return right(f"all there; {said}")


async def bindings_are_those_wanted(place: Place, database: Database) -> Found:
    """The queue receives what the reactions of this release want, and nothing else."""
    wanted = bindings_of(place.types)
    if place.administrator is not None:
        return _compared(wanted, await _bound(place, place.administrator), "bound")
    async with database.reading() as connection:
        rows = await connection.execute(select(broker_binding))
        noted = frozenset(Binding(row.exchange, row.routing_key) for row in rows)
    return _compared(wanted, noted, "noted by the last migrate (the broker was not asked itself)")


async def clock_of(administrator: Administrator) -> datetime:
    """What the broker's clock shows, to the second, as its management API dates its answers."""
    auth = httpx.BasicAuth(administrator.user, administrator.password)
    trusted = ssl.create_default_context(cadata=administrator.authority)
    asking = httpx.AsyncClient(auth=auth, timeout=8, trust_env=False, verify=trusted)
    async with asking as client:
        answer = await client.get(f"{administrator.url.rstrip('/')}/api/whoami")
    return parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[AbstractConnection]:
    """A connection that does not come back by itself."""
    connection = await aio_pika.connect(place.url, timeout=SECONDS_TO_CONNECT)
    try:
        yield connection
    finally:
        await connection.close()


def version_of(connection: AbstractConnection) -> str:
    """What the broker says it is."""
    transport = connection.transport
    told = getattr(transport.connection, "server_properties", {}) if transport else {}
    version = told.get("version", "0")
    return version.decode() if isinstance(version, bytes) else str(version)


async def _rights(place: Place) -> Found:
    async with connected(place) as connection:
        return await has_its_rights_and_no_more(connection, place.service)


async def _bound(place: Place, administrator: Administrator) -> frozenset[Binding]:
    async with managing(administrator) as management:
        listed = await management.get("queues", place.vhost, queue_of(place.service), "bindings")
    return frozenset(
        Binding(one["source"], one["routing_key"]) for one in listed or () if one["source"]
    )


def _compared(wanted: frozenset[Binding], found: frozenset[Binding], how: str) -> Found:
    missing, stale = wanted - found, found - wanted
    if missing or stale:
        named = [f"{one.routing_key} is missing" for one in sorted(missing, key=str)]
        named += [f"{one.routing_key} is stale" for one in sorted(stale, key=str)]
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        return wrong(f"{', '.join(named[:3])}{more}", MIGRATE)
    return right(f"all {len(wanted)} {how}")
