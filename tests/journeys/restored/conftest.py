"""Servers of one version with the programs that save and restore them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.backup import __main__ as command
from tests.journeys.restored.both import Both
from tests.rights.prepared import prepared_broker, prepared_databases
from tests.servers import debian
from tests.servers.available import Unavailable
from tests.servers.broker import Broker
from tests.servers.postgresql_cluster import running_cluster
from tests.servers.postgresql_programs import server_programs

QUICK = "-c fsync=off -c full_page_writes=off"


@pytest.fixture(scope="module")
def programs() -> Path:
    """pg_dump can read no server that is newer than itself, so both come from one folder."""
    try:
        return server_programs()
    except Unavailable:
        debian.install("postgresql")
        return server_programs()


@pytest.fixture(scope="module")
def own_postgresql(programs: Path) -> Iterator[str]:
    """A server of the same version."""
    with ExitStack() as held:
        yield held.enter_context(running_cluster(programs, QUICK)).address


@pytest_asyncio.fixture
async def both(
    own_postgresql: str, programs: Path, rabbitmq: Broker, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Both]:
    """Databases and a virtual host, prepared for four services."""
    monkeypatch.setattr(command, "SECONDS_OF_STATISTICS", 0.0)
    async with prepared_databases(own_postgresql) as databases, prepared_broker(rabbitmq) as broker:
        made = Both(databases, broker, programs)
        yield made
        await made.drop_what_was_kept()
