"""Services apart: databases and broker are saved in one file, destroyed, and restored from it."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg
import pytest
import pytest_asyncio
from joserfc.jwk import ECKey
from sqlalchemy.engine import make_url

from deploy.backup import __main__ as command
from services.embedded.installation import open_installation
from services.reporting.tables import archive
from shared.database.heads import newest_revision
from tests.journeys.apart.processes import Apart
from tests.journeys.moved import moved, read
from tests.played import Played, free_port
from tests.rights.prepared import (
    PreparedBroker,
    PreparedDatabases,
    let_in,
    migrated,
    prepared_broker,
    prepared_databases,
)
from tests.rights.wire import channel_of, take
from tests.servers import debian
from tests.servers.available import Unavailable
from tests.servers.broker import Broker
from tests.servers.postgresql_cluster import running_cluster
from tests.servers.postgresql_programs import server_programs
from tests.services.embedded.served import until_ready

QUICK = "-c fsync=off -c full_page_writes=off"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
Standing = Mapping[tuple[str, str], tuple[int, str | None]]
SERVICES = ("registration", "scheduling", "notifications", "reporting")


@dataclass(frozen=True)
class Both:
    """What is saved, and the programs that can read it."""

    databases: PreparedDatabases
    broker: PreparedBroker
    programs: Path

    async def run(self, *arguments: str) -> int:
        """The command, told of both servers."""
        values = {**self.databases.settings, **self.broker.settings}
        values |= {
            name: value for name, value in self.databases.settings.items() if "PREFIX" in name
        }
        options = [*arguments, "--programs", str(self.programs)]
        return await asyncio.to_thread(command.main, options, values)

    async def asked(self, statement: str) -> list[str]:
        """What the administrator of the databases is answered."""
        connection = await asyncpg.connect(self.databases.settings["CADRE_POSTGRESQL_URL"])
        try:
            return [row[0] for row in await connection.fetch(statement)]
        finally:
            await connection.close()


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
        yield Both(databases, broker, programs)


@pytest.mark.timeout(300)
async def test_everything_that_was_saved_is_there_again(
    both: Both, played_course: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed, keys, again = tmp_path / "cadre.backup", tmp_path / "keys", tmp_path / "again"
    keys.mkdir()
    (keys / "CADRE_LINK_KEY").write_text("k9" * 20)
    before = await filled(both, played_course)
    await migrated(both.broker, tmp_path)
    async with let_in(both.broker, "jo-hr", "JO") as outsider:
        saved = await both.run("save", "--to", str(sealed), "--keys", str(keys))
        await destroy(both, unquote(urlsplit(outsider).username or ""))

        restored = await both.run("restore", "--from", str(sealed), "--keys", str(again))
        async with channel_of(outsider) as channel:
            waiting = await take(channel, "out.jo-hr")

    assert (saved, restored, waiting) == (0, 0, None), capsys.readouterr().err
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert await found(both) == before
    assert (again / "CADRE_LINK_KEY").read_text() == "k9" * 20
    assert await both.broker.prepare() == 0
    bound = both.broker.broker.management.ask(
        "GET", "queues", both.broker.vhost, "scheduling", "bindings"
    )
    assert len(bound) > 20


@pytest.mark.timeout(300)
async def test_one_service_goes_back_and_what_it_was_is_kept(
    both: Both, played_course: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = str(tmp_path / "cadre.backup")
    before = await filled(both, played_course)
    assert await both.run("save", "--to", sealed) == 0
    async with apart(both, "scheduling") as connection:
        await connection.execute("DELETE FROM attendance")
        in_use = await both.run("restore", "--from", sealed, "--only", "scheduling")
    complaint = capsys.readouterr().err

    restored = await both.run("restore", "--from", sealed, "--only", "scheduling")

    assert (in_use, "is in use" in complaint, restored) == (1, True, 0)
    assert await found(both) == before
    prefix = both.databases.settings["CADRE_USER_PREFIX"]
    kept = f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}scheduling_until_%'"
    [aside] = await both.asked(kept)
    await both.asked(f'DROP DATABASE "{aside}"')


@pytest.mark.timeout(300)
async def test_services_that_are_behind_are_brought_up_by_their_own_commands(
    both: Both, played_course: Played, tmp_path: Path
) -> None:
    await filled(both, played_course)
    async with apart(both, "scheduling") as connection:
        await connection.execute("UPDATE aggregate_sequence SET last = 0")
    async with apart(both, "notifications") as connection:
        gone = "DELETE FROM message WHERE message = 'outcome_announced' RETURNING key"
        missing = {row["key"] for row in await connection.fetch(gone)}
    async with apart(both, "reporting") as connection:
        for part in ("shared", "reporting"):
            await connection.execute(f"CREATE TABLE {part}_revision (version_num text)")
            at_head = f"INSERT INTO {part}_revision VALUES ('{newest_revision(part)}')"
            await connection.execute(at_head)
    identity = str(open_installation(played_course.folder).identity)
    installation = Apart(*_settings(both, identity), tmp_path)
    port = installation.origin.rpartition(":")[2]
    try:
        await installation.start_service("reporting", "api", "--port", port)
        await until_ready(f"{installation.origin}/reporting", seconds=60)

        after_restore = ("scheduling", "doctor", "--after-restore", "--json")
        lost = await asyncio.to_thread(installation.run, *after_restore)
        catch_up = ("notifications", "catch-up", "--since", "2020-01-01")
        said = await asyncio.to_thread(installation.run, *catch_up)
    finally:
        await installation.stop()

    named = {one["type"] for one in json.loads(lost)["lost"]}
    assert {"scheduling.enrolment.completed.v1", "scheduling.attendance.recorded.v1"} <= named
    assert "registration.outcome.announced.v1" in said
    assert "registration person" in said
    async with apart(both, "notifications") as connection:
        asked = "SELECT key FROM message WHERE status = 'unknown'"
        assert {row["key"] for row in await connection.fetch(asked)} == missing != set()
        assert not await connection.fetch("SELECT 1 FROM deferred WHERE state = 'parked'")


async def test_what_can_not_be_saved_or_read_is_said_in_one_line_without_secrets(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.backup").write_text(json.dumps({"not": "a back-up"}))

    codes = [
        await both.run("restore", "--from", str(tmp_path / "no.backup")),
        await both.run("save", "--to", str(tmp_path / "no.backup")),
        await both.run("save", "--to", str(tmp_path / "x"), "--keys", str(tmp_path / "none")),
    ]

    complaint = capsys.readouterr().err
    assert (codes, complaint.count("\n")) == ([1, 1, 1], 3)
    secrets = [value for name, value in both.broker.settings.items() if "PASSWORD" in name]
    assert not [value for value in secrets if value in complaint]


def _settings(both: Both, installation: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The origin, and what each service's processes are told."""
    key, name = ECKey.generate_key("P-256"), "urn:cadre:local-issuer"
    origin = f"http://127.0.0.1:{free_port()}"
    shared = {
        "CADRE_INSTALLATION": installation,
        "CADRE_ORIGIN": origin,
        "CADRE_STORY": "2018-03-01T08:00:00+00:00",
        "CADRE_ISSUERS": json.dumps([{"name": name, "key": key.as_dict(private=False)}]),
        "CADRE_ISSUER": name,
        "CADRE_ISSUER_KEY": json.dumps(key.as_dict(private=True)),
        "CADRE_LINK_KEY": "links".ljust(40, "."),
        "CADRE_SENDER": "Cadre <notices@cadre.example>",
        "CADRE_SMTP_HOST": "127.0.0.1",
        "CADRE_SMTP_SECURITY": "none",
        "CADRE_SMS_URL": origin,
        "CADRE_SMS_KEY": "gateway" * 6,
    }
    return origin, {
        service: {
            **shared,
            "CADRE_BROKER_URL": both.broker.url_of(service),
            "CADRE_DATABASE_URL": both.databases.url_of(service),
        }
        for service in SERVICES
    }


async def filled(both: Both, played: Played) -> Standing:
    """The course as four services have it at its end."""

    async def url_of(service: str) -> str:
        url = make_url(both.databases.url_of(service))
        return url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)

    archived = await read(played.folder / "reporting.sqlite", archive)
    async with moved(played.folder, url_of) as services:
        async with services.services["reporting"].context.database.writing() as connection:
            await connection.execute(archive.insert(), [dict(row._mapping) for row in archived])
        return await found(both)


async def found(both: Both) -> Standing:
    """What stands in each table: how many rows, and a digest of them all."""
    standing = {}
    for service in SERVICES:
        async with apart(both, service) as connection:
            names = await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = $1", "public"
            )
            for (table,) in names:
                rows = f'SELECT t::text AS said FROM "{table}" AS t'
                digest = f"SELECT count(*), md5(string_agg(said, '' ORDER BY said)) FROM ({rows})"
                standing[service, table] = tuple(await connection.fetchrow(f"{digest} AS rows"))
    return standing


@asynccontextmanager
async def apart(both: Both, service: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection as a service makes it."""
    connection = await asyncpg.connect(both.databases.url_of(service))
    try:
        yield connection
    finally:
        await connection.close()


async def destroy(both: Both, outsider: str) -> None:
    """No database is left, no virtual host, and no user of either."""
    prefix = both.databases.settings["CADRE_USER_PREFIX"]
    for service in SERVICES:
        await both.asked(f'DROP DATABASE "{prefix}{service}" WITH (FORCE)')
        await both.asked(f'DROP ROLE "{prefix}{service}"')
    ask, ours = both.broker.broker.management.ask, both.broker.settings["CADRE_USER_PREFIX"]
    ask("DELETE", "vhosts", both.broker.vhost)
    for user in (outsider, *(ours + service for service in SERVICES)):
        ask("DELETE", "users", user)
