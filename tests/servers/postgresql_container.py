"""PostgreSQL in a container of this test session."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from testcontainers.community.postgres import PostgresContainer

from tests.servers.available import Server
from tests.servers.container import started

IMAGE = "postgres:17"


@contextmanager
def running_container(settings: str) -> Iterator[Server]:
    """A throw-away server in a container, removed at the end of the session."""
    with started(IMAGE, partial(_container, settings)) as container:
        yield Server(container.get_connection_url(driver=None), f"container {IMAGE}")


def _container(settings: str) -> PostgresContainer:
    return PostgresContainer(IMAGE, driver=None).with_command(f"postgres {settings}")
