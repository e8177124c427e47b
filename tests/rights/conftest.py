"""A broker and databases prepared as an administrator prepares them, for all four services."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.rights.prepared import (
    PreparedBroker,
    PreparedDatabases,
    prepared_broker,
    prepared_databases,
)
from tests.servers.broker import Broker


@pytest_asyncio.fixture
async def prepared(rabbitmq: Broker) -> AsyncIterator[PreparedBroker]:
    """A virtual host with exchanges and users, in which no service has migrated yet."""
    async with prepared_broker(rabbitmq) as broker:
        yield broker


@pytest_asyncio.fixture
async def databases(postgresql: str) -> AsyncIterator[PreparedDatabases]:
    """A database and a user for each service."""
    async with prepared_databases(postgresql) as made:
        yield made
