"""PostgreSQL for one test session, from the first source that can give it."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

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


def running_postgresql() -> AbstractContextManager[Server]:
    """A server whose address is the URL of a user who may create databases."""
    sources = (_named_in_environment, running_container, _local_programs, _debian_package)
    return first_available(sources, ADVICE)


@contextmanager
def _named_in_environment() -> Iterator[Server]:
    url = os.environ.get(VARIABLE)
    if not url:
        raise Unavailable(f"environment: {VARIABLE} is not set")
    yield Server(url, f"named by {VARIABLE}")


@contextmanager
def _local_programs() -> Iterator[Server]:
    with running_cluster(server_programs()) as server:
        yield server


@contextmanager
def _debian_package() -> Iterator[Server]:
    debian.install("postgresql")
    with running_cluster(server_programs()) as server:
        yield Server(server.address, f"{server.origin}, installed as a Debian package")
