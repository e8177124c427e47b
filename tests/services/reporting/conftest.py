"""Reporting on each kind of database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.conftest import PreparedDatabase
from tests.services.reporting.building import TABLES, Reporting, reporting_on


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables of the service, and no rows."""
    return await prepared_database(*TABLES)


@pytest_asyncio.fixture
async def reporting(database_url: str) -> AsyncIterator[Reporting]:
    """The service on an empty database."""
    async with reporting_on(database_url) as service:
        yield service
