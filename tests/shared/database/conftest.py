"""Databases of one kind, for what only that kind does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import database_url
from tests.servers.databases import fresh_database, sqlite_database

__all__ = ["database_url"]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return sqlite_database(tmp_path, "turns")


@pytest_asyncio.fixture
async def postgresql_url(postgresql: str) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database."""
    async with fresh_database(postgresql) as url:
        yield url
