"""PostgreSQL for one test session, from the first source that can give it."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from tests.servers import debian
from tests.servers.available import Server, Unavailable, first_available
from tests.servers.postgresql_cluster import running_cluster
from tests.servers.postgresql_container import running_container
from tests.servers.postgresql_programs import server_programs

VARIABLE = "CADRE_TEST_POSTGRESQL_URL"
ADVICE = (
    "The tests need PostgreSQL 15 or later. Install its server programs or start a container "
    f"engine, or set {VARIABLE} to the URL of a user who may create databases. Tried:"
)
DURABLE = "-c max_connections=200"
THROW_AWAY = f"{DURABLE} -c fsync=off -c full_page_writes=off"
"""Settings on its command line: tests need not survive the loss of power."""


def running_postgresql(*, durable: bool = False) -> AbstractContextManager[Server]:
    """A server whose address is the URL of a user who may create databases."""
    settings = DURABLE if durable else THROW_AWAY
    sources = (
        _named_in_environment,
        partial(running_container, settings),
        partial(_local_programs, settings),
        partial(_debian_package, settings),
    )
    return first_available(sources, ADVICE)


@contextmanager
def _named_in_environment() -> Iterator[Server]:
    url = os.environ.get(VARIABLE)
    if not url:
        raise Unavailable(f"environment: {VARIABLE} is not set")
    yield Server(url, f"named by {VARIABLE}")


@contextmanager
def _local_programs(settings: str) -> Iterator[Server]:
    with running_cluster(server_programs(), settings) as server:
        yield server


@contextmanager
def _debian_package(settings: str) -> Iterator[Server]:
    debian.install("postgresql")
    with running_cluster(server_programs(), settings) as server:
        yield Server(server.address, f"{server.origin}, installed as a Debian package")
