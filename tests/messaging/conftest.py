"""The rig of the messaging suite: on both kinds of database, and over both transports."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from shared.messaging import embedded
from shared.messaging.rabbit import consuming, link
from tests.conftest import NewDatabase
from tests.messaging.rig import BROKER, SETTINGS, TABLES, Rig, make_rig
from tests.servers.prepared import PreparedDatabases
from tests.servers.session import Servers


@pytest.fixture(params=SETTINGS)
def setting(request: pytest.FixtureRequest) -> str:
    """Repeats a test embedded, on each kind of database, and on PostgreSQL over RabbitMQ."""
    return str(request.param)


@pytest.fixture
def database_kind(setting: str) -> str:
    """Services that run apart have PostgreSQL."""
    return "postgresql" if setting == BROKER else setting


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again soon."""
    monkeypatch.setattr(embedded, "SECONDS_AFTER_A_FAILURE", 0.05)
    monkeypatch.setattr(link, "SECONDS_BETWEEN_TRIES", 0.05)
    monkeypatch.setattr(consuming, "SECONDS_BETWEEN_TRIES", 0.05)


@pytest_asyncio.fixture
async def broker_url(setting: str, servers: Servers) -> AsyncIterator[str | None]:
    """A virtual host of its own, for the tests that go over RabbitMQ."""
    if setting != BROKER:
        yield None
        return
    broker = servers.rabbitmq()
    async with broker.fresh_vhost() as vhost:
        yield broker.url_of(vhost)


@pytest_asyncio.fixture
async def new_database(
    database_kind: str, prepared_databases: PreparedDatabases
) -> AsyncIterator[NewDatabase]:
    """Gives databases that have the tables of the rig, and no rows."""
    async with AsyncExitStack() as lent:

        async def give(_name: str) -> str:
            if database_kind == "sqlite":
                return await lent.enter_async_context(prepared_databases.lent_file(*TABLES))
            return await lent.enter_async_context(prepared_databases.lent(*TABLES))

        yield give


@pytest_asyncio.fixture
async def rig(
    new_database: NewDatabase, tmp_path: Path, broker_url: str | None, impatient: None
) -> AsyncIterator[Rig]:
    """Registration and scheduling with a transport between them."""
    databases = await new_database("teller"), await new_database("listener")
    made = await make_rig(*databases, tmp_path, broker_url)
    yield made
    await made.close()
