"""Scheduling on each kind of database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.conftest import PreparedDatabase
from tests.services.scheduling.building import TABLES, Scheduling, scheduling_on


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables of the service, and no rows."""
    return await prepared_database(*TABLES)


@pytest_asyncio.fixture
async def scheduling(database_url: str) -> AsyncIterator[Scheduling]:
    """The service on an empty database, in a story."""
    async with scheduling_on(database_url) as service:
        yield service
