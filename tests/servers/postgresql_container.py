"""PostgreSQL in a container, when an engine answers and can really start the image."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.config import testcontainers_config
from testcontainers.core.docker_client import DockerClient

from tests.servers.available import Server, Unavailable

IMAGE = "postgres:17"
SETTINGS = "postgres -c fsync=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def running_container() -> Iterator[Server]:
    """A throw-away server in a container, removed at the end of the session."""
    if "TESTCONTAINERS_RYUK_DISABLED" not in os.environ:
        testcontainers_config.ryuk_disabled = True  # its image is one more that may be missing
    container = _started()
    try:
        yield Server(container.get_connection_url(driver=None), f"container {IMAGE}")
    finally:
        container.stop()


def _started() -> PostgresContainer:
    try:
        engine = DockerClient(timeout=60).client
        engine.ping()
    except Exception as failure:
        raise Unavailable("container: no container engine answers") from failure
    try:
        if not engine.images.list(name=IMAGE):
            engine.images.pull(IMAGE)
    except Exception as failure:
        raise Unavailable(f"container: {IMAGE} is not here and cannot be pulled") from failure
    container = PostgresContainer(IMAGE, driver=None).with_command(SETTINGS)
    try:
        return container.start()
    except Exception as failure:
        container.stop()
        raise Unavailable(f"container: {IMAGE} does not start ({type(failure).__name__})") from None
