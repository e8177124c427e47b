"""A registration on each database, with the course of Amman told to it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.services.registration.building import Registration, a_registration


@pytest_asyncio.fixture
async def registration(database_url: str) -> AsyncIterator[Registration]:
    """The service on an empty database."""
    async with a_registration(database_url) as service:
        yield service
