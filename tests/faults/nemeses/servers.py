"""Harm to the servers behind the services: the broker and the database."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from tests.servers.broker import Broker

from ..books import Databases
from ..database_server import DatabaseServer


@dataclass
class BrokerStopped:
    """The broker is away, and comes back with what it had."""

    broker: Broker
    seconds: float = 1.0
    name: str = "broker stopped"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Stop it."""
        await self.broker.stop_app()

    async def stop(self) -> None:
        """Start it."""
        await self.broker.start_app()


@dataclass
class ConnectionsClosed:
    """The broker closes every connection."""

    broker: Broker
    vhost: str
    seconds: float = 0.5
    name: str = "all connections closed"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Close them."""
        await self.broker.close_all_connections(self.vhost)

    async def stop(self) -> None:
        """They come back by themselves."""


@dataclass
class MemoryAlarm:
    """The broker has no memory left for what publishers send; consumers go on."""

    broker: Broker
    seconds: float = 4.0
    name: str = "memory alarm"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Nothing may be used."""
        await asyncio.to_thread(self._control, "0")

    async def stop(self) -> None:
        """As it is by itself."""
        await asyncio.to_thread(self._control, "0.4")

    def _control(self, watermark: str) -> None:
        assert self.broker.control
        self.broker.control("set_vm_memory_high_watermark", watermark)


@dataclass
class BackendsEnded:
    """The database ends every session of one service."""

    databases: Databases
    service: str
    seconds: float = 0.5
    name: str = "database backends terminated"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """End them."""
        await self.databases.write(
            self.service,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )

    async def stop(self) -> None:
        """They come back by themselves."""


@dataclass
class DatabaseRestarted:
    """The database server ends at once, as in a power cut, and starts again."""

    server: DatabaseServer
    seconds: float = 0.5
    name: str = "database restarted"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Both at once."""
        await self.server.restart()

    async def stop(self) -> None:
        """It has started."""
