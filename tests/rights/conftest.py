"""A broker and databases prepared as an administrator prepares them, for all four services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from shared.contracts.listeners import LISTENERS
from shared.database import Database
from shared.messaging.rabbit.topology import declare_queues
from shared.tables import METADATA
from tests.rights.prepared import PreparedBroker, PreparedDatabases, prepared_broker
from tests.rights.prepared import prepared_databases as made_databases
from tests.servers.broker import Broker
from tests.servers.databases import sqlite_database


@pytest_asyncio.fixture
async def prepared(rabbitmq: Broker) -> AsyncIterator[PreparedBroker]:
    """A virtual host with exchanges and users, in which no service has migrated yet."""
    async with prepared_broker(rabbitmq) as broker:
        yield broker


@pytest_asyncio.fixture
async def migrated(prepared: PreparedBroker, tmp_path: Path) -> PreparedBroker:
    """The same, after every service has declared its queues by its own rights."""
    for service, types in LISTENERS.items():
        database = Database(sqlite_database(tmp_path, service))
        async with database.writing() as connection:
            await connection.run_sync(METADATA.create_all)
        await declare_queues(prepared.url_of(service), database, service, types)
        await database.close()
    return prepared


@pytest_asyncio.fixture
async def databases(postgresql: str) -> AsyncIterator[PreparedDatabases]:
    """A database and a user for each service."""
    async with made_databases(postgresql) as made:
        yield made
