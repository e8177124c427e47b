"""The service on each kind of database."""

from collections.abc import AsyncIterator

import pytest_asyncio

from .building import Notifications, notifications_on


@pytest_asyncio.fixture
async def notifications(database_url: str) -> AsyncIterator[Notifications]:
    """Notifications with receivers that obey."""
    async with notifications_on(database_url) as service:
        yield service
