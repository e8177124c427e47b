"""A service whose database is on a server of its own is prepared, saved and restored there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from tests.journeys.restored.both import Both
from tests.journeys.restored.conftest import QUICK
from tests.rights.prepared import PreparedDatabases
from tests.servers.postgresql_cluster import running_cluster

NAMES = "SELECT datname FROM pg_database WHERE datname LIKE '{prefix}%' ORDER BY 1"


@pytest.fixture
def of_reporting(programs: Path) -> Iterator[str]:
    """Another server, by its administrator's address."""
    with running_cluster(programs, QUICK) as server:
        yield server.address


@pytest.mark.timeout(120)
async def test_each_database_is_made_saved_and_restored_on_its_server(
    both: Both, of_reporting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = {"CADRE_POSTGRESQL_REPORTING_URL": of_reporting}
    prepared = await both.databases.prepare(**elsewhere)
    parted = replace(both, databases=PreparedDatabases({**both.databases.settings, **elsewhere}))
    own = _as_reporting(of_reporting, both.databases.settings)
    await _asked(own, "CREATE TABLE fact AS SELECT 'kept' AS name")
    sealed = str(tmp_path / "cadre.backup")

    saved = await parted.run("save", "--to", sealed)
    await _asked(own, "UPDATE fact SET name = 'lost'")
    restored = await parted.run("restore", "--from", sealed, "--only", "reporting")

    assert (prepared, saved, restored) == (0, 0, 0), capsys.readouterr().err
    assert await _asked(own, "SELECT name FROM fact") == ["kept"]
    there, here = await _names(parted, of_reporting), await _names(parted)
    assert [len(there), len(here)] == [2, 4]
    assert there[1].startswith(f"{there[0]}_until_")


def _as_reporting(server: str, settings: Mapping[str, str]) -> str:
    name = f"{settings['CADRE_USER_PREFIX']}reporting"
    password = settings["CADRE_DATABASE_PASSWORD_REPORTING"]
    url = make_url(server).set(username=name, password=password, database=name)
    return url.render_as_string(hide_password=False)


async def _names(both: Both, server: str | None = None) -> list[str]:
    """The databases of this installation on a server."""
    settings = both.databases.settings
    query = NAMES.format(prefix=settings["CADRE_USER_PREFIX"])
    return await _asked(server or settings["CADRE_POSTGRESQL_URL"], query)


async def _asked(address: str, statement: str) -> list[str]:
    connection = await asyncpg.connect(address)
    try:
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        await connection.close()
