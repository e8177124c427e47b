"""The service on each kind of database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.conftest import PreparedDatabase

from .building import TABLES, Notifications, notifications_on


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables of the service, and no rows."""
    return await prepared_database(*TABLES)


@pytest_asyncio.fixture
async def notifications(database_url: str) -> AsyncIterator[Notifications]:
    """Notifications with receivers that obey."""
    async with notifications_on(database_url) as service:
        yield service
