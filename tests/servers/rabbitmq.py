"""RabbitMQ for one test session, from the first source that can give it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import httpx

from tests.servers import debian
from tests.servers.available import Server, Unavailable, first_available
from tests.servers.broker import Broker
from tests.servers.rabbitmq_container import running_container
from tests.servers.rabbitmq_node import running_node
from tests.servers.rabbitmq_programs import server_programs

VARIABLE = "CADRE_TEST_RABBITMQ_URL"
MANAGEMENT_VARIABLE = "CADRE_TEST_RABBITMQ_MANAGEMENT_URL"
PACKAGE = "rabbitmq-server"
ADVICE = (
    "The tests need RabbitMQ 3.10 or later with its management plugin. Install its server programs "
    f"or start a container engine, or set {VARIABLE} to the AMQP URL of an administrator "
    f"(and {MANAGEMENT_VARIABLE}, unless it is port 15672 of the same host). Tried:"
)


def running_rabbitmq() -> AbstractContextManager[Server]:
    """A broker; where one is named in the environment, that one and no other."""
    if os.environ.get(VARIABLE):
        return first_available([_named_in_environment], ADVICE)
    return first_available([running_container, _local_programs, _debian_package], ADVICE)


@contextmanager
def _named_in_environment() -> Iterator[Broker]:
    address = os.environ[VARIABLE]
    management = os.environ.get(MANAGEMENT_VARIABLE) or _beside(address)
    broker = Broker(address, f"named by {VARIABLE}", management)
    try:
        version = broker.management.release()
    except httpx.HTTPError as failure:
        raise Unavailable(f"environment: {management} does not answer ({failure})") from failure
    yield replace(broker, origin=f"{broker.origin}, version {version}")


@contextmanager
def _local_programs() -> Iterator[Broker]:
    with running_node(server_programs()) as broker:
        yield broker


@contextmanager
def _debian_package() -> Iterator[Broker]:
    ours = _is_missing()
    debian.install(PACKAGE)
    if ours:
        debian.stop_service(PACKAGE)
        subprocess.run(["epmd", "-kill"], check=False, capture_output=True)
    with running_node(server_programs()) as broker:
        yield replace(broker, origin=f"{broker.origin}, installed as a Debian package")


def _is_missing() -> bool:
    try:
        server_programs()
    except Unavailable:
        return True
    return False


def _beside(address: str) -> str:
    parts = urlsplit(address)
    scheme, port = ("https", 15671) if parts.scheme == "amqps" else ("http", 15672)
    return f"{scheme}://{parts.hostname}:{port}"
