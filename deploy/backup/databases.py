"""The databases of an installation: where each is, who uses it, and room for a restored one."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
from sqlalchemy.engine import URL, make_url

from deploy.databases import make_databases
from shared.contracts.listeners import LISTENERS
from shared.database.encryption import encryption_of
from shared.process.environment import Environment

SECONDS = 30
SERVICES = (*(name for name in LISTENERS if name != "reporting"), "reporting")
"""Reporting comes last: its archive is to know whatever the others had told."""


class SomebodyIsConnected(Exception):
    """A database is in use: the processes of its service are to be stopped first."""


@dataclass(frozen=True, slots=True)
class Server:
    """One PostgreSQL server: its administrator's address, and each service's password."""

    administrator: str
    prefix: str
    passwords: Mapping[str, str]

    def database_of(self, service: str) -> URL:
        """Where a service connects, as itself."""
        own = self.prefix + service
        url = make_url(self.administrator).set(drivername="postgresql")
        return url.set(username=own, password=self.passwords[service], database=own)


def server_of(environment: Environment) -> Server:
    """As `deploy.databases` is told of it. Raises `SettingIsWrong`."""
    passwords = {
        service: environment.secret(f"CADRE_DATABASE_PASSWORD_{service.upper()}")
        for service in SERVICES
    }
    prefix = environment.maybe("CADRE_USER_PREFIX") or ""
    return Server(environment.postgresql("CADRE_POSTGRESQL"), prefix, passwords)


def make_room(server: Server, services: Sequence[str]) -> Mapping[str, str]:
    """An empty database for each; by service, under which name the one before it is kept. Raises
    `SomebodyIsConnected`, asyncpg's errors."""
    return asyncio.run(_make_room(server, services))


async def _make_room(server: Server, services: Sequence[str]) -> Mapping[str, str]:
    url, encryption = encryption_of(make_url(server.administrator))
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address, timeout=SECONDS, **encryption)
    kept = {}
    try:
        await _require_that_nobody_is_connected(connection, server, services)
        for service in services:
            if name := await _put_aside(connection, server.prefix + service):
                kept[service] = name
    finally:
        await connection.close()
    wanted = {server.prefix + service: server.passwords[service] for service in services}
    await make_databases(server.administrator, wanted)
    return kept


async def _require_that_nobody_is_connected(
    connection: asyncpg.Connection, server: Server, services: Sequence[str]
) -> None:
    names = [server.prefix + service for service in services]
    query = "SELECT DISTINCT datname FROM pg_stat_activity WHERE datname = ANY($1)"
    if busy := [row["datname"] for row in await connection.fetch(query, names)]:
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
