"""Databases and a broker of four services apart, and the command that saves and restores them."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from joserfc.jwk import ECKey
from sqlalchemy.engine import make_url

from deploy.backup import __main__ as command
from services.reporting.tables import archive
from shared.outsiders import METADATA as SHARED
from tests.journeys.moved import TABLES, moved, read
from tests.played import Played
from tests.rights.prepared import PreparedBroker, PreparedDatabases
from tests.servers.ports import free_port
from tests.servers.prepared import make_tables

SERVICES = ("registration", "scheduling", "notifications", "reporting")
Standing = Mapping[tuple[str, str], tuple[int, str | None]]


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

    async def drop_what_was_kept(self) -> None:
        """The databases that a restore put aside."""
        kept = f"{self.databases.settings['CADRE_USER_PREFIX']}%_until_%"
        for name in await self.asked(
            f"SELECT datname FROM pg_database WHERE datname LIKE '{kept}'"
        ):
            await self.asked(f'DROP DATABASE "{name}"')


def settings_of(both: Both, installation: str) -> tuple[str, dict[str, dict[str, str]]]:
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
        own = make_url(both.databases.url_of(service)).set(drivername="postgresql+asyncpg")
        url = own.render_as_string(hide_password=False)
        await make_tables(url, SHARED, TABLES[service])
        return url

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
