"""The databases of an installation: where each is, who uses it, and room for a restored one."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
from sqlalchemy.engine import URL, make_url

from deploy.databases import administrator_of, make_databases
from shared.contracts.listeners import LISTENERS
from shared.database.encryption import encryption_of
from shared.process.environment import Environment

SECONDS = 30
SERVICES = (*(name for name in LISTENERS if name != "reporting"), "reporting")
"""Reporting comes last: its archive is to know whatever the others had told."""
_SOMEBODY = """SELECT 1 FROM pg_stat_activity
    WHERE datname = $1 AND backend_type = 'client backend'"""
"""What PostgreSQL itself does there, such as autovacuum, makes room when it is told to."""


class SomebodyIsConnected(Exception):
    """A database is in use: the processes of its service are to be stopped first."""


@dataclass(frozen=True, slots=True)
class Servers:
    """By service, its server's administrator's address, and its own password."""

    administrators: Mapping[str, str]
    prefix: str
    passwords: Mapping[str, str]

    def database_of(self, service: str) -> URL:
        """Where a service connects, as itself."""
        own = self.prefix + service
        url = make_url(self.administrators[service]).set(drivername="postgresql")
        return url.set(username=own, password=self.passwords[service], database=own)


def servers_of(environment: Environment) -> Servers:
    """As `deploy.databases` is told of them. Raises `SettingIsWrong`."""
    passwords = {
        service: environment.secret(f"CADRE_DATABASE_PASSWORD_{service.upper()}")
        for service in SERVICES
    }
    prefix = environment.maybe("CADRE_USER_PREFIX") or ""
    administrators = {service: administrator_of(environment, service) for service in SERVICES}
    return Servers(administrators, prefix, passwords)


def make_room(servers: Servers, services: Sequence[str]) -> Mapping[str, str]:
    """An empty database for each; by service, under which name the one before it is kept. Raises
    `SomebodyIsConnected`, asyncpg's errors."""
    return asyncio.run(_make_room(servers, services))


async def _make_room(servers: Servers, services: Sequence[str]) -> Mapping[str, str]:
    await _require_that_nobody_is_connected(servers, services)
    kept = {}
    for service in services:
        name, administrator = servers.prefix + service, servers.administrators[service]
        async with _administering(administrator) as connection:
            if aside := await _put_aside(connection, name):
                kept[service] = aside
        await make_databases(administrator, {name: servers.passwords[service]})
    return kept


@asynccontextmanager
async def _administering(administrator: str) -> AsyncIterator[asyncpg.Connection]:
    url, encryption = encryption_of(make_url(administrator))
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address, timeout=SECONDS, **encryption)
    try:
        yield connection
    finally:
        await connection.close()


async def _require_that_nobody_is_connected(servers: Servers, services: Sequence[str]) -> None:
    busy = []
    for service in services:
        name = servers.prefix + service
        async with _administering(servers.administrators[service]) as connection:
            if await connection.fetchval(_SOMEBODY, name):
                busy.append(name)
    if busy:
        raise SomebodyIsConnected(f"{', '.join(busy)} is in use: stop api, worker and relay first")


async def _put_aside(connection: asyncpg.Connection, name: str) -> str | None:
    """What stood there goes on under another name, until a person drops it."""
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        return None
    kept = f"{name}_until_{datetime.now(UTC):%Y%m%d%H%M%S}"
    owner = await connection.fetchval("SELECT quote_ident($1)", name)
    aside = await connection.fetchval("SELECT quote_ident($1)", kept)
    is_member = await connection.fetchval("SELECT pg_has_role($1, 'MEMBER')", name)
    if not is_member:
        await connection.execute(f"GRANT {owner} TO CURRENT_USER")
    await connection.execute(f"ALTER DATABASE {owner} RENAME TO {aside}")
    return kept
