"""What all services share, tried on databases that have its tables."""

import pytest_asyncio

from shared.outsiders import METADATA
from tests.conftest import PreparedDatabase


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables that every service has, and no rows."""
    return await prepared_database(METADATA)
