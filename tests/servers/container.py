"""Servers in containers, when an engine answers and can really start the image."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from tests.servers.available import Unavailable

Container = TypeVar("Container", bound=DockerContainer)


@contextmanager
def started(image: str, make: Callable[[], Container]) -> Iterator[Container]:
    """The container that `make` gives of this image, started; removed with what it wrote."""
    if "TESTCONTAINERS_RYUK_DISABLED" not in os.environ:
        testcontainers_config.ryuk_disabled = True  # its image is one more that may be missing
    _have(image)
    container = make()
    try:
        container.start()
    except Exception as failure:
        container.stop()
        raise Unavailable(f"container: {image} does not start ({type(failure).__name__})") from None
    try:
        yield container
    finally:
        container.stop()


def _have(image: str) -> None:
    try:
        engine = DockerClient(timeout=60).client
        engine.ping()
    except Exception as failure:
        raise Unavailable("container: no container engine answers") from failure
    try:
        if not engine.images.list(name=image):
            engine.images.pull(image)
    except Exception as failure:
        raise Unavailable(f"container: {image} is not here and cannot be pulled") from failure
