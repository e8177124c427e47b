"""The services of a played course on databases of any kind, with messages handed over at once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import MetaData, Table, select

from services.notifications import Deliver
from services.notifications import app as notifications
from services.notifications import tables as notifying
from services.notifications.rendering import RenderedEmail, RenderedSms
from services.registration import app as registration
from services.registration import tables as registering
from services.reporting import app as reporting
from services.reporting import tables as counting
from services.scheduling import app as scheduling
from services.scheduling import tables as planning
from shared.announcing import announce
from shared.context import OPERATOR
from shared.database import Database
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import PACK_EVENTS, Delivery, Message, join
from shared.outsiders import METADATA as SHARED
from shared.service import Service
from shared.settings import Settings
from shared.tables import deferred, outbox
from shared.web.tokens import trusting
from tests.servers.prepared import database_at
from tests.services.notifications.building import ISSUER, ORIGIN, Nowhere, Receiver

TABLES: Mapping[str, MetaData] = MappingProxyType(
    {
        "registration": registering.METADATA,
        "scheduling": planning.METADATA,
        "notifications": notifying.METADATA,
        "reporting": counting.METADATA,
    }
)
OF_TRANSPORT = frozenset({"inbox", "outbox", "deferred", "event_count", "broker_binding"})
BY_POSITION = frozenset({"audit", "archive"})
"""What is written at the next position: left behind, so that positions are not given twice."""
UrlOf = Callable[[str], Awaitable[str]]
"""The URL of the database of a service."""
Rows = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
"""By service and table, in the order of its key."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The four services, without loops: nothing happens but what a test asks for."""

    services: Mapping[str, Service]

    async def announces(self) -> int:
        """Have every service state all that anybody listens to; how many facts."""
        number = 0
        for service in self.services.values():
            for kind in service.announced:
                if kind.listeners:
                    number += await announce(service.context, kind, OPERATOR)
        return number

    async def delivers(self) -> list[str]:
        """Hand over what is in the outboxes until nothing is; the types that travelled."""
        travelled: list[str] = []
        while letters := [one for name in self.services for one in await self._takes_out(name)]:
            for event_type, bodies in letters:
                travelled += [event_type] * len(bodies)
                await self.hands_over(event_type, *bodies)
        return travelled

    async def hands_over(self, event_type: str, *bodies: bytes) -> None:
        """One message arrives at each service that listens; what waited is tried again."""
        delivery = Delivery(Message(event_type, join(bodies)))
        for service in self.services.values():
            if event_type in service.reactions.types:
                await Dispatcher(service.context, service.reactions).dispatch(delivery)
        for service in self.services.values():
            await _try_again(service)

    async def empties(self, name: str, tables: Collection[str]) -> None:
        """A service knows nothing of what others told it, and not that they did."""
        async with self.services[name].context.database.writing() as connection:
            for table in _tables_of(name):
                if table.name in tables:
                    await connection.execute(table.delete())

    async def rows(self) -> Rows:
        """Everything that the services keep, but for how it travelled, and under which number."""
        found = {}
        for name in self.services:
            for table in _tables_of(name):
                if table.name not in OF_TRANSPORT | BY_POSITION:
                    found[name, table.name] = await self._rows_of(name, table)
        return found

    async def set_aside(self) -> Sequence[Any]:
        """What could not take effect anywhere."""
        return [row for name in self.services for row in await self._rows_of(name, deferred)]

    async def _rows_of(self, name: str, table: Table) -> list[Mapping[str, Any]]:
        columns = [column for column in table.columns if column.name != "sequence"]
        query = select(*columns).order_by(*table.primary_key)
        async with self.services[name].context.database.reading() as connection:
            return [dict(row._mapping) for row in await connection.execute(query)]

    async def _takes_out(self, name: str) -> list[tuple[str, list[bytes]]]:
        async with self.services[name].context.database.writing() as connection:
            rows = (await connection.execute(select(outbox).order_by("position"))).all()
            await connection.execute(outbox.delete())
        by_type: dict[str, list[bytes]] = {}
        for row in rows:
            by_type.setdefault(row.type, []).append(row.body)
        return [
            (event_type, bodies[first : first + PACK_EVENTS])
            for event_type, bodies in by_type.items()
            for first in range(0, len(bodies), PACK_EVENTS)
        ]


@asynccontextmanager
async def moved(folder: Path, url_of: UrlOf) -> AsyncIterator[Moved]:
    """The services on copies of what stands in a folder that nothing serves, in databases that have
    their tables and no rows."""
    databases = {}
    for name in TABLES:
        databases[name] = database_at(await url_of(name))
        await _copy(folder / f"{name}.sqlite", databases[name], name)
    settings = Settings("test", ORIGIN, b"k" * 32, trusting(ISSUER), story=True)
    deliver = Deliver(Receiver[RenderedEmail](), Receiver[RenderedSms]())
    services = {
        "registration": registration.build(settings, Nowhere(), databases["registration"]),
        "scheduling": scheduling.build(settings, Nowhere(), databases["scheduling"]),
        "notifications": notifications.build(
            settings, Nowhere(), databases["notifications"], deliver=deliver
        ),
        "reporting": reporting.build(settings, Nowhere(), databases["reporting"]),
    }
    try:
        yield Moved(services)
    finally:
        for database in databases.values():
            await database.close()


async def read(file: Path, table: Table) -> Sequence[Any]:
    """All rows of a table of a file, by key."""
    source = Database(f"sqlite+aiosqlite:///{file}")
    try:
        async with source.reading() as connection:
            return (await connection.execute(select(table).order_by(*table.primary_key))).all()
    finally:
        await source.close()


async def _copy(file: Path, target: Database, name: str) -> None:
    for table in _tables_of(name):
        if table.name in BY_POSITION | OF_TRANSPORT:
            continue
        rows = [dict(row._mapping) for row in await read(file, table)]
        async with target.writing() as connection:
            if rows:
                await connection.execute(table.insert(), rows)


async def _try_again(service: Service) -> None:
    dispatcher, database = Dispatcher(service.context, service.reactions), service.context.database
    async with database.reading() as connection:
        letters = (await connection.execute(select(deferred))).all()
    for letter in letters:
        if await dispatcher.try_again(letter.consumer, letter.type, letter.body) is None:
            async with database.writing() as connection:
                await connection.execute(deferred.delete().where(deferred.c.id == letter.id))


def _tables_of(name: str) -> list[Table]:
    return [*SHARED.sorted_tables, *TABLES[name].sorted_tables]
