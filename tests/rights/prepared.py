"""Runs the two commands that prepare servers, and removes what they made."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from deploy import databases
from deploy.broker import __main__ as broker_command
from services.registration.outsiders.accounts import Account
from services.registration.outsiders.provisioning import make, remove
from shared.contracts.external import OWNERS
from shared.contracts.listeners import LISTENERS
from shared.database import Database
from shared.messaging.rabbit.management import Administrator, hashed, managing
from shared.messaging.rabbit.topology import declare_queues
from shared.messaging.rabbit.users import outsider_user
from shared.tables import METADATA
from tests.servers.broker import Broker
from tests.servers.databases import sqlite_database

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


async def migrated(prepared: PreparedBroker, folder: Path) -> None:
    """Have every service declare its queues by its own rights."""
    for service in SERVICES:
        owned = [event_type for event_type, owner in OWNERS.items() if owner == service]
        await declare(prepared, service, {*LISTENERS[service], *owned}, folder)


async def declare(
    prepared: PreparedBroker,
    service: str,
    types: Collection[str],
    folder: Path,
    *,
    as_user: str | None = None,
) -> None:
    """Have a service declare its queues, and bind them to these types."""
    database = Database(sqlite_database(folder, service))
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
    await declare_queues(as_user or prepared.url_of(service), database, service, types)
    await database.close()


@asynccontextmanager
async def let_in(prepared: PreparedBroker, code: str, party: str) -> AsyncIterator[str]:
    """Where another system connects, which may nominate for a party and read of its nominations."""
    password = secrets.token_hex(8)
    account = Account(
        code=code,
        state="active",
        parties=frozenset({party}),
        sends=frozenset({"external.nomination.submitted.v1"}),
        receives=frozenset({"registration.nomination.confirmed.v1"}),
        user=outsider_user(prepared.settings["CADRE_USER_PREFIX"], code),
        password_hash=hashed(password),
        sequence=1,
    )
    broker, vhost = prepared.broker, prepared.vhost
    asked = Administrator(broker.management_url, broker.user, broker.password)
    async with managing(asked) as management:
        await make(management, vhost, account)
        try:
            yield broker.url_of(vhost, account.user, password)
        finally:
            await remove(management, vhost, account)


def _passwords(name: str) -> dict[str, str]:
    return {f"{name}_{service.upper()}": f"it's {secrets.token_hex(8)}" for service in SERVICES}
