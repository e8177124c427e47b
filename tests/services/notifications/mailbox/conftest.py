"""A running mailbox, and a client of its HTTP side."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from services.notifications.mailbox import Mailbox


@pytest_asyncio.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    """A mailbox that takes mails on a free loopback port."""
    running = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture
async def client(mailbox: Mailbox) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the mailbox's application."""
    transport = httpx.ASGITransport(mailbox.api())
    async with httpx.AsyncClient(transport=transport, base_url="http://mailbox") as asking:
        yield asking
