"""`python -m deploy.databases`: a database and a user for each service, on one PostgreSQL server or
on several.

Each user owns its own database and can not even connect to another; done again, it changes nothing
but passwords.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence

import asyncpg
from sqlalchemy.engine import make_url

from shared.contracts.listeners import LISTENERS
from shared.database.encryption import encryption_of
from shared.process.environment import Environment, SettingIsWrong

SERVICES = tuple(LISTENERS)
SECONDS = 30


def main(arguments: Sequence[str] | None = None, values: Mapping[str, str] = os.environ) -> int:
    """Make what is missing; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.databases",
        description="Settings (each may be a file, named by the same with _FILE): "
        "CADRE_POSTGRESQL_URL of a user who may create databases and roles (its password may stand "
        "apart, in CADRE_POSTGRESQL_PASSWORD), CADRE_POSTGRESQL_<SERVICE>_URL, _PASSWORD where a "
        "service has a server of its own, CADRE_DATABASE_CA where servers are certified, "
        "CADRE_DATABASE_PASSWORD_<SERVICE>, and CADRE_USER_PREFIX where several installations "
        "share a server.",
    )
    parser.parse_args(arguments)
    environment = Environment(values)
    try:
        prefix = environment.maybe("CADRE_USER_PREFIX") or ""
        of_servers: dict[str, dict[str, str]] = {}
        for service in SERVICES:
            password = environment.secret(f"CADRE_DATABASE_PASSWORD_{service.upper()}")
            passwords = of_servers.setdefault(administrator_of(environment, service), {})
            passwords[prefix + service] = password
        for url, passwords in of_servers.items():
            asyncio.run(make_databases(url, passwords))
    except (SettingIsWrong, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as failure:
        print(f"deploy.databases: {failure}", file=sys.stderr)
        return 1
    print(f"databases and users: {', '.join(prefix + service for service in SERVICES)}")
    return 0


def administrator_of(environment: Environment, service: str) -> str:
    """Who may make a database on the server of a service; its own server, where one is named by
    `CADRE_POSTGRESQL_<SERVICE>_URL`. Raises `SettingIsWrong`."""
    own = f"CADRE_POSTGRESQL_{service.upper()}"
    return environment.postgresql(own if environment.maybe(f"{own}_URL") else "CADRE_POSTGRESQL")


async def make_databases(url: str, passwords: Mapping[str, str]) -> None:
    """Make a database for each name, owned by the user of that name. Raises asyncpg's errors."""
    asked, encryption = encryption_of(make_url(url))
    address = asked.render_as_string(hide_password=False)
    connection = await asyncpg.connect(address, timeout=SECONDS, **encryption)
    try:
        for name, password in passwords.items():
            await _make(connection, name, password)
    finally:
        await connection.close()


async def _make(connection: asyncpg.Connection, name: str, password: str) -> None:
    """Whoever is no superuser has to be a member of a role to make it an owner; not for longer."""
    owner = await connection.fetchval("SELECT quote_ident($1)", name)
    secret = await connection.fetchval("SELECT quote_literal($1)", password)
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await connection.execute(f"CREATE ROLE {owner} LOGIN")
    await connection.execute(f"ALTER ROLE {owner} LOGIN PASSWORD {secret}")
    await connection.execute(f"GRANT {owner} TO CURRENT_USER")
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        template = "TEMPLATE template0 ENCODING 'UTF8'"
        await connection.execute(f"CREATE DATABASE {owner} OWNER {owner} {template}")
    await connection.execute(f"ALTER DATABASE {owner} OWNER TO {owner}")
    await connection.execute(f"REVOKE ALL ON DATABASE {owner} FROM PUBLIC")
    await connection.execute(f"REVOKE {owner} FROM CURRENT_USER")


if __name__ == "__main__":
    sys.exit(main())
