"""What every test may ask for: databases, a message broker, a browser, clients not ours."""

import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from playwright.async_api import Browser, async_playwright
from sqlalchemy import MetaData
from structlog.processors import KeyValueRenderer, format_exc_info

from shared.process.loop import spare_what_is_loaded
from tests.parts import Parts
from tests.played import PLAYED, Played, played_in
from tests.servers.available import Server
from tests.servers.broker import Broker
from tests.servers.databases import fresh_database, sqlite_database
from tests.servers.node import Node
from tests.servers.prepared import PreparedDatabases
from tests.servers.session import Servers

NewDatabase = Callable[[str], Awaitable[str]]
PreparedDatabase = Callable[..., Awaitable[str]]
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may ask for beside the usual."""
    parser.addoption(
        "--both-databases", action="store_true", help="every test of a service on both databases"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the servers, and the account of seconds, to the session."""
    config.pluginmanager.register(Servers(), "servers")
    config.pluginmanager.register(Parts(), "parts")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """A test with the browser runs in the event loop that the browser was started in."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def pytest_collection_finish() -> None:
    """What is of no use is gone before the rest is kept for good."""
    gc.collect()
    spare_what_is_loaded()


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """What a command that ran in this process set up for its logs ends with its test; until then
    they are plain: what was caught is not drawn in colours, which takes longer than most tests."""
    structlog.configure(processors=[format_exc_info, KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    """The servers of this session."""
    plugin = pytestconfig.pluginmanager.get_plugin("servers")
    assert isinstance(plugin, Servers)
    return plugin


@pytest.fixture(scope="session")
def postgresql(servers: Servers) -> str:
    """The URL of a PostgreSQL user who may create databases."""
    return servers.postgresql().address


@pytest.fixture(scope="session")
def rabbitmq(servers: Servers) -> Broker:
    """The RabbitMQ broker of this session; a test makes a virtual host of its own in it."""
    return servers.rabbitmq()


@pytest.fixture(scope="session")
def amqp_tools(servers: Servers) -> Server:
    """The folder of amqp-publish, amqp-consume and amqp-get; a client written in C."""
    return servers.amqp_tools()


@pytest.fixture(scope="session")
def node(servers: Servers) -> Node:
    """Node with amqplib and the CloudEvents SDK; a client written in JavaScript."""
    return servers.node()


@pytest.fixture(scope="session")
def curl(servers: Servers) -> Server:
    """curl; a client for HTTP."""
    return servers.curl()


@pytest.fixture(scope="session")
def played_course(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The course, played once in this run; its folders are not to be changed."""
    shared = os.environ.get(PLAYED)
    return played_in(Path(shared) if shared else tmp_path_factory.mktemp("played"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Repeats a test on each kind of database."""
    return str(request.param)


@pytest_asyncio.fixture
async def new_database(
    database_kind: str, servers: Servers, tmp_path: Path
) -> AsyncIterator[NewDatabase]:
    """Makes any number of empty databases of one kind: `await new_database("registration")`."""
    async with AsyncExitStack() as databases:

        async def make(name: str) -> str:
            if database_kind == "sqlite":
                return sqlite_database(tmp_path, name)
            admin_url = servers.postgresql().address
            return await databases.enter_async_context(fresh_database(admin_url))

        yield make


@pytest.fixture(scope="session")
def prepared_databases(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PreparedDatabases]:
    """The databases that tests of this session hand on to one another."""
    folder = tmp_path_factory.mktemp("prepared")
    prepared = PreparedDatabases(folder, lambda: servers.postgresql().address)
    yield prepared
    prepared.drop()


@pytest_asyncio.fixture
async def prepared_database(
    database_kind: str, prepared_databases: PreparedDatabases
) -> AsyncIterator[PreparedDatabase]:
    """Gives a database that has tables and no rows: `await prepared_database(METADATA)`."""
    async with AsyncExitStack() as lent:

        async def give(*tables: MetaData) -> str:
            if database_kind == "sqlite":
                return await lent.enter_async_context(prepared_databases.lent_file(*tables))
            return await lent.enter_async_context(prepared_databases.lent(*tables))

        yield give


@pytest_asyncio.fixture
async def database_url(new_database: NewDatabase) -> str:
    """The SQLAlchemy URL of one empty database."""
    return await new_database("database")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(servers: Servers) -> AsyncIterator[Browser]:
    """One Chromium for all tests; what a test serves to it runs as a process of its own."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=servers.chromium().address, args=BROWSER_OPTIONS
        )
        yield chromium
        await chromium.close()
