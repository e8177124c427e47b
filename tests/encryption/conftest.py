"""An authority, and the servers of the session behind certificates of it for `localhost`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.encryption.authority import Authority
from tests.encryption.encrypting import encrypting
from tests.servers.broker import Broker

NAMES = ("localhost", "127.0.0.1")
"""The name that is certified, and one that reaches the same server and is not."""


@dataclass(frozen=True)
class Behind:
    """Servers that are reached encrypted only."""

    database: str
    broker: str
    management: str


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Who certifies the servers."""
    return Authority("An authority of our own")


@pytest.fixture(scope="session")
def stranger() -> Authority:
    """Who certifies none of them."""
    return Authority("Somebody else")


@pytest_asyncio.fixture
async def behind(
    authority: Authority, postgresql: str, rabbitmq: Broker, tmp_path: Path
) -> AsyncIterator[Behind]:
    """The servers of this session."""
    shown = authority.certified(NAMES[0], tmp_path)
    async with (
        encrypting(postgresql, shown, postgresql=True) as database,
        encrypting(rabbitmq.amqp_url, shown) as broker,
        encrypting(rabbitmq.management_url, shown) as management,
    ):
        yield Behind(
            _at(postgresql, database),
            _at(rabbitmq.amqp_url.replace("amqp:", "amqps:"), broker),
            f"https://{NAMES[0]}:{management}",
        )


def by_another_name(url: str) -> str:
    """The same server, by a name that nobody certified."""
    return url.replace(*NAMES)


def _at(url: str, port: int) -> str:
    parts = urlsplit(url)
    account = parts.netloc.rpartition("@")[0]
    return parts._replace(netloc=f"{account}@{NAMES[0]}:{port}").geturl()
