"""RabbitMQ in a container of this test session."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from testcontainers.core.container import DockerContainer

from tests.servers.available import Unavailable
from tests.servers.broker import SECONDS_TO_START, Broker
from tests.servers.container import started

IMAGE = "rabbitmq:4-management"
USER = "cadre"


@contextmanager
def running_container() -> Iterator[Broker]:
    """A throw-away broker in a container, removed at the end of the session."""
    password = secrets.token_hex(16)
    with started(IMAGE, lambda: _container(password)) as container:

        def rabbitmqctl(*arguments: str) -> None:
            code, said = container.exec(["rabbitmqctl", *arguments])
            if code:
                raise RuntimeError(f"rabbitmqctl {arguments[0]}: {said.decode(errors='replace')}")

        def still_running() -> None:
            container.reload()
            if container.status != "running":
                raise Unavailable(f"container: {IMAGE} has ended")

        host = container.get_container_host_ip()
        amqp, http = (container.get_exposed_port(port) for port in (5672, 15672))
        address = f"amqp://{USER}:{password}@{host}:{amqp}/"
        broker = Broker(address, f"container {IMAGE}", f"http://{host}:{http}", rabbitmqctl)
        broker.management.wait_until_listening(SECONDS_TO_START, still_running)
        yield broker


def _container(password: str) -> DockerContainer:
    account = {"RABBITMQ_DEFAULT_USER": USER, "RABBITMQ_DEFAULT_PASS": password}
    return DockerContainer(IMAGE, env=account, ports=[5672, 15672])
