"""A PostgreSQL server of our own, to be restarted, and to be left without room on its disk."""

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.available import Server
from tests.servers.postgresql import THROW_AWAY
from tests.servers.postgresql_cluster import Cluster
from tests.servers.postgresql_programs import server_programs


@dataclass(frozen=True)
class DatabaseServer(Server):
    """Its address is the URL of its administrator."""

    cluster: Cluster

    async def restart(self) -> None:
        """End it without a word to anybody, and start it; also when it has ended by itself."""
        options = ("-m", "immediate", "-w", "-t", "60", "-l", "log")
        await asyncio.to_thread(self.cluster.run, "pg_ctl", "restart", "-D", "cluster", *options)

    async def start_again(self) -> None:
        """Start it where it has ended by itself."""
        try:
            await asyncio.to_thread(self.cluster.run, "pg_ctl", "status", "-D", "cluster")
        except subprocess.CalledProcessError:
            await self.restart()


@contextmanager
def database_server(folder: Path | None = None) -> Iterator[DatabaseServer]:
    """A server in a folder of its own, or in the one given."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", dir=folder) as made:
        cluster = Cluster(server_programs(), Path(made), THROW_AWAY)
        address = cluster.start()
        try:
            yield DatabaseServer(address, "programs of this machine", cluster)
        finally:
            cluster.run("pg_ctl", "stop", "-D", "cluster", "-m", "immediate")
