"""Where contenders run: databases with all their tables, a virtual host with all their queues."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aio_pika
from sqlalchemy import func, select, text

from shared.database import Database
from shared.messaging.rabbit.exchanges import queue_arguments
from shared.messaging.rabbit.topology import declare_queues
from shared.outsiders import METADATA as SHARED_METADATA
from tests.benchmarks.contenders.naive_models import Model
from tests.benchmarks.contenders.nominations import PUBLISHER, nomination, reactions_of
from tests.benchmarks.servers import BenchServers
from tests.servers.databases import fresh_database
from tests.servers.exchanges import declare_exchanges

SECONDS_TO_FINISH = 180
NAIVE = "naive"
"""The exchange of the contenders that are not ours; each of their queues is bound to it alone."""
MIDDLE = """
SELECT count(*), extract(epoch FROM max(kept_at) - min(kept_at)) FROM (
    SELECT kept_at, ntile(20) OVER (ORDER BY kept_at) AS part FROM nomination
) AS parts WHERE part BETWEEN 2 AND 19
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """A database for each service, by its name, and the virtual host between them."""

    databases: Mapping[str, Database]
    broker_url: str

    def url_of(self, service: str) -> str:
        """The URL of a service's database."""
        return self.databases[service].url

    async def clear(self) -> None:
        """Have every table and every queue empty again."""
        names = ", ".join(
            table.name for table in (*SHARED_METADATA.sorted_tables, *Model.metadata.sorted_tables)
        )
        for database in self.databases.values():
            async with database.writing() as connection:
                await connection.execute(text(f"TRUNCATE {names}"))
        async with await aio_pika.connect(self.broker_url) as broker:
            channel = await broker.channel()
            for service in self.databases.keys() - {PUBLISHER}:
                for name in (service, peer_queue(service)):
                    queue = await channel.declare_queue(name, passive=True)
                    await queue.purge()

    async def kept(self, service: str) -> int:
        """How many nominations a service has."""
        async with self.databases[service].reading() as connection:
            query = select(func.count()).select_from(nomination)
            return int((await connection.execute(query)).scalar_one())

    async def until_kept(self, number: int, *services: str) -> None:
        """Until each of these services has so many; fails when they take too long."""
        async with asyncio.timeout(SECONDS_TO_FINISH):
            for service in services:
                while await self.kept(service) < number:
                    await asyncio.sleep(0.2)

    async def last_kept(self, *services: str) -> float:
        """When the last one was kept, in seconds since 1970."""
        moments = []
        for service in services:
            async with self.databases[service].reading() as connection:
                query = select(func.max(nomination.c.kept_at))
                moments.append((await connection.execute(query)).scalar_one().timestamp())
        return float(max(moments))

    async def rate(self, service: str) -> float:
        """Nominations a second, over the middle nine tenths: neither start nor end counts."""
        async with self.databases[service].reading() as connection:
            number, seconds = (await connection.execute(text(MIDDLE))).one()
        return float(number) / float(seconds)


@asynccontextmanager
async def ground(servers: BenchServers, *consumers: str) -> AsyncIterator[Ground]:
    """All that contenders need, where these services listen; dropped afterwards."""
    async with AsyncExitStack() as held:
        databases = {}
        for service in (PUBLISHER, *consumers):
            url = await held.enter_async_context(fresh_database(servers.postgresql.address))
            databases[service] = Database(url)
            held.push_async_callback(databases[service].close)
            async with databases[service].writing() as connection:
                await connection.run_sync(SHARED_METADATA.create_all)
                await connection.run_sync(Model.metadata.create_all)
        vhost = await held.enter_async_context(servers.rabbitmq.fresh_vhost())
        made = Ground(databases, servers.rabbitmq.url_of(vhost))
        await _declare(made, consumers)
        yield made


async def _declare(made: Ground, consumers: Sequence[str]) -> None:
    """The queues of peers are what ours are: replicated, durable, with a limit and dead letters."""
    async with await aio_pika.connect(made.broker_url) as connection:
        channel = await connection.channel()
        await declare_exchanges(channel)
        exchange = await channel.declare_exchange(NAIVE, "fanout", durable=True)
        for service in consumers:
            types = reactions_of(service).types
            await declare_queues(made.broker_url, made.databases[service], service, types)
            peer = await channel.declare_queue(
                peer_queue(service), durable=True, arguments=queue_arguments(service)
            )
            await peer.bind(exchange)


def peer_queue(service: str) -> str:
    """The queue of a contender that stands for this service."""
    return f"{NAIVE}.{service}"
