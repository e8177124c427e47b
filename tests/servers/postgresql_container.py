"""PostgreSQL in a container of this test session."""

from collections.abc import Iterator
from contextlib import contextmanager

from testcontainers.community.postgres import PostgresContainer

from tests.servers.available import Server
from tests.servers.container import started

IMAGE = "postgres:17"
SETTINGS = "postgres -c fsync=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def running_container() -> Iterator[Server]:
    """A throw-away server in a container, removed at the end of the session."""
    with started(IMAGE, _container) as container:
        yield Server(container.get_connection_url(driver=None), f"container {IMAGE}")


def _container() -> PostgresContainer:
    return PostgresContainer(IMAGE, driver=None).with_command(SETTINGS)
