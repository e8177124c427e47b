"""Reporting on each kind of database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.services.reporting.building import Reporting, reporting_on


@pytest_asyncio.fixture
async def reporting(database_url: str) -> AsyncIterator[Reporting]:
    """The service on an empty database."""
    async with reporting_on(database_url) as service:
        yield service
