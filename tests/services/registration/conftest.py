"""A registration on each database, with the course of Amman told to it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.conftest import PreparedDatabase
from tests.servers.broker import Broker
from tests.servers.prepared import PreparedDatabases
from tests.services.registration.beside_a_broker import House, a_house
from tests.services.registration.building import TABLES, Registration, a_registration


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables of the service, and no rows."""
    return await prepared_database(*TABLES)


@pytest_asyncio.fixture
async def registration(database_url: str) -> AsyncIterator[Registration]:
    """The service on an empty database."""
    async with a_registration(database_url) as service:
        yield service


@pytest_asyncio.fixture
async def house(prepared_databases: PreparedDatabases, rabbitmq: Broker) -> AsyncIterator[House]:
    """The service beside a broker, and one system that takes part."""
    async with a_house(prepared_databases, rabbitmq) as house:
        yield house
