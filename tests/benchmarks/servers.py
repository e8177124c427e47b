"""The servers a benchmark runs on: found as for the tests, but writing to the disk for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.servers.available import Server
from tests.servers.broker import Broker
from tests.servers.postgresql import running_postgresql
from tests.servers.rabbitmq import running_rabbitmq


@dataclass(frozen=True, slots=True)
class BenchServers:
    """A PostgreSQL server whose URL is of a user who may create databases, and a broker."""

    postgresql: Server
    rabbitmq: Broker

    @property
    def origin(self) -> str:
        """Where they came from."""
        return f"PostgreSQL: {self.postgresql.origin}; RabbitMQ: {self.rabbitmq.origin}"


@contextmanager
def bench_servers() -> Iterator[BenchServers]:
    """Both of them, stopped afterwards; PostgreSQL is as durable as where it is used in earnest."""
    with running_postgresql(durable=True) as postgresql, running_rabbitmq() as rabbitmq:
        assert isinstance(rabbitmq, Broker)
        yield BenchServers(postgresql, rabbitmq)
