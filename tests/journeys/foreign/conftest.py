"""One installation for all tests with clients that are not ours."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.servers.available import Server
from tests.servers.broker import Broker

from .clients.amqp_tools import AmqpTools
from .clients.amqplib import Amqplib
from .clients.curl import Curl
from .clients.python_sdk import PythonSdk
from .clients.verdict import Client
from .taking_part import System, TakingPart, systems_taking_part


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def taking_part(
    postgresql: str, rabbitmq: Broker, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[TakingPart]:
    """The installation, its call, and its systems."""
    folder = tmp_path_factory.mktemp("foreign")
    async with systems_taking_part(postgresql, rabbitmq, folder) as made:
        yield made


@pytest.fixture
def jordan(taking_part: TakingPart) -> System:
    """The system of Jordan."""
    return taking_part.systems["JO"]


@pytest.fixture
def tunisia(taking_part: TakingPart) -> System:
    """The system of Tunisia."""
    return taking_part.systems["TN"]


@pytest.fixture
def tools(amqp_tools: Server) -> AmqpTools:
    """amqp-tools as a client."""
    return AmqpTools(Path(amqp_tools.address))


@pytest.fixture(params=["amqp_tools", "node", "curl", "python_sdk"])
def client(request: pytest.FixtureRequest) -> Client:
    """Repeats a test with each client; the name is that of what must be had for it."""
    match request.param:
        case "amqp_tools":
            return AmqpTools(Path(request.getfixturevalue("amqp_tools").address))
        case "node":
            return Amqplib(request.getfixturevalue("node"))
        case "curl":
            return Curl(request.getfixturevalue("curl").address)
    return PythonSdk()
