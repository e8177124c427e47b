"""Runs the two commands that prepare servers, and removes what they made."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy.engine import make_url

from deploy import databases
from deploy.broker import __main__ as broker_command
from shared.contracts.listeners import LISTENERS
from tests.servers.broker import Broker

SERVICES = tuple(LISTENERS)
SECONDS = 30


@dataclass(frozen=True)
class PreparedBroker:
    """A virtual host, and the settings that it was prepared by."""

    broker: Broker
    vhost: str
    settings: Mapping[str, str]

    def url_of(self, service: str) -> str:
        """Where a service connects, as itself."""
        user = self.settings["CADRE_USER_PREFIX"] + service
        password = self.settings[f"CADRE_BROKER_PASSWORD_{service.upper()}"]
        return self.broker.url_of(self.vhost, user, password)

    async def prepare(self, *options: str, **otherwise: str) -> int:
        """Run the command again; its exit code."""
        settings = {**self.settings, **otherwise}
        return await asyncio.to_thread(broker_command.main, options, settings)


@dataclass(frozen=True)
class PreparedDatabases:
    """A server, and the settings that it was prepared by."""

    settings: Mapping[str, str]

    def url_of(self, service: str, database: str | None = None) -> str:
        """Where a service connects as itself: to its own database unless told otherwise."""
        prefix = self.settings["CADRE_USER_PREFIX"]
        url = make_url(self.settings["CADRE_POSTGRESQL_URL"]).set(
            username=prefix + service,
            password=self.settings[f"CADRE_DATABASE_PASSWORD_{service.upper()}"],
            database=prefix + (database or service),
        )
        return url.render_as_string(hide_password=False)

    async def prepare(self, **otherwise: str) -> int:
        """Run the command again; its exit code."""
        return await asyncio.to_thread(databases.main, [], {**self.settings, **otherwise})


@asynccontextmanager
async def prepared_broker(rabbitmq: Broker) -> AsyncIterator[PreparedBroker]:
    """A virtual host with the exchanges, and users of this test only."""
    prefix = f"t{secrets.token_hex(4)}-"
    async with rabbitmq.fresh_vhost() as vhost:
        settings = {
            "CADRE_BROKER_MANAGEMENT_URL": rabbitmq.management_url,
            "CADRE_BROKER_MANAGEMENT_USER": rabbitmq.user,
            "CADRE_BROKER_MANAGEMENT_PASSWORD": rabbitmq.password,
            "CADRE_BROKER_VHOST": vhost,
            "CADRE_USER_PREFIX": prefix,
            **_passwords("CADRE_BROKER_PASSWORD"),
        }
        prepared = PreparedBroker(rabbitmq, vhost, settings)
        try:
            assert await prepared.prepare() == 0
            yield prepared
        finally:
            for service in SERVICES:
                rabbitmq.management.ask("DELETE", "users", prefix + service)


@asynccontextmanager
async def prepared_databases(postgresql: str) -> AsyncIterator[PreparedDatabases]:
    """Databases and users of this test only."""
    prefix = f"t{secrets.token_hex(4)}_"
    settings = {
        "CADRE_POSTGRESQL_URL": postgresql,
        "CADRE_USER_PREFIX": prefix,
        **_passwords("CADRE_DATABASE_PASSWORD"),
    }
    try:
        prepared = PreparedDatabases(settings)
        assert await prepared.prepare() == 0
        yield prepared
    finally:
        connection = await asyncpg.connect(postgresql, timeout=SECONDS)
        for service in SERVICES:
            await connection.execute(f"DROP DATABASE IF EXISTS {prefix}{service} WITH (FORCE)")
            await connection.execute(f"DROP ROLE IF EXISTS {prefix}{service}")
        await connection.close()


def _passwords(name: str) -> dict[str, str]:
    return {f"{name}_{service.upper()}": f"it's {secrets.token_hex(8)}" for service in SERVICES}
