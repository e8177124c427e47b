"""The tiny service on the two kinds of database by turns, and what it logs."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from tests.by_turns import pytest_generate_tests
from tests.conftest import PreparedDatabase
from tests.shared.web.diary import TABLES, Diary, open_diary

__all__ = ["pytest_generate_tests"]


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """The lines logged so far, as they are before they are written."""
    with capture_logs() as lines:
        yield lines


@pytest_asyncio.fixture
async def database_url(prepared_database: PreparedDatabase) -> str:
    """A database with the tables of the tiny service, and no rows."""
    return await prepared_database(*TABLES)


@pytest_asyncio.fixture
async def diary(database_url: str) -> AsyncIterator[Diary]:
    """A service with one table, on an empty database."""
    async with open_diary(database_url) as opened:
        yield opened


@pytest_asyncio.fixture
async def told_diary(database_url: str) -> AsyncIterator[Diary]:
    """The same in an installation with a story's clock."""
    async with open_diary(database_url, story=True) as opened:
        yield opened
