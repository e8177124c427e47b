"""The rig of the messaging suite, on both kinds of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.conftest import NewDatabase
from tests.messaging.rig import Rig, make_rig


@pytest_asyncio.fixture
async def rig(new_database: NewDatabase, tmp_path: Path) -> AsyncIterator[Rig]:
    """Registration and scheduling with a transport between them."""
    made = await make_rig(await new_database("teller"), await new_database("listener"), tmp_path)
    yield made
    await made.close()
