"""An installation whose services run apart: api, workers and relays, each with ways of its own to
the broker and the database that can be cut."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy.engine import make_url

from shared.messaging.rabbit import RabbitTransport
from tests.journeys.apart.processes import Apart, described
from tests.rights.prepared import PreparedBroker, prepared_broker, prepared_databases
from tests.servers.broker import Broker
from tests.servers.ports import free_port
from tests.services.embedded.served import until_ready

from .books import Databases, Files
from .database_server import DatabaseServer
from .effects import SERVICES, TABLES, Records
from .posts import Post, Posts, posts
from .scene import STORY, Scene, set_the_scene
from .ways import Way
from .witness import watch_all

WORKERS = {"registration": 1, "scheduling": 1, "notifications": 2, "reporting": 2}
RELAYS = {"registration": 1, "scheduling": 2, "notifications": 1, "reporting": 1}
APIS = ("registration", "scheduling", "reporting")
"""What notifications has is read in its database."""
SECONDS_TO_START = 60


@dataclass
class Distributed:
    """All processes, the servers behind them, and the ways between."""

    posts: Posts
    logs: Path
    records: Records
    databases: Databases
    scene: Scene
    broker: Broker
    prepared: PreparedBroker
    server: DatabaseServer
    ways: Mapping[str, Way]

    @property
    def admin_url(self) -> str:
        """The installation's virtual host, as its administrator reaches it."""
        return self.broker.url_of(self.prepared.vhost)

    async def queued(self) -> int:
        """What waits in the queues of all services, and nobody has in hand."""
        transport = RabbitTransport(self.admin_url)
        try:
            return sum([await transport.queued(service) for service in SERVICES])
        finally:
            await transport.close()


@asynccontextmanager
async def distributed(
    server: DatabaseServer, broker: Broker, folder: Path
) -> AsyncIterator[Distributed]:
    """Everything running, with all there for the stream to begin."""
    async with AsyncExitStack() as held:
        prepared = await held.enter_async_context(prepared_broker(broker))
        databases = await held.enter_async_context(prepared_databases(server.address))
        installation = described(databases, prepared, folder, STORY)
        ways: dict[str, Way] = {}
        environments: dict[str, Mapping[str, str]] = {}
        for service in SERVICES:
            told = dict(installation.environments[service])
            for name in ("CADRE_BROKER_URL", "CADRE_DATABASE_URL"):
                parts = urlsplit(told[name])
                way = Way(parts.hostname or "", parts.port or 0)
                ways[f"{service} {name.split('_')[1].lower()}"] = way
                await held.enter_async_context(way)
                told[name] = _over(told[name], way)
            environments[service] = _with_a_plain_mail_server(told)
        installation = Apart(installation.origin, environments, folder)
        filled = await held.enter_async_context(posts(folder))
        await _start(filled, installation)
        token = await _token(filled, installation, folder)
        scene = await asyncio.to_thread(set_the_scene, installation.origin, token)
        books = Databases({one: _plain(databases.url_of(one), server) for one in SERVICES})
        await watch_all(books, TABLES)
        records = Records(books, Files(folder))
        yield Distributed(filled, folder, records, books, scene, broker, prepared, server, ways)


async def _start(filled: Posts, installation: Apart) -> None:
    environments = installation.environments
    migrated = await asyncio.gather(
        *(
            filled.run(Post(f"{one}-migrate", f"services.{one}", ["migrate"], environments[one]))
            for one in SERVICES
        )
    )
    assert not any(migrated), "a service could not migrate"
    ports = {one: str(free_port()) for one in APIS}
    places = {one: f"http://127.0.0.1:{port}" for one, port in ports.items()}
    places[""] = places["registration"]
    told = environments["notifications"]
    desk = ("--port", told["CADRE_MAILBOX_PORT"], "--smtp-port", told["CADRE_SMTP_PORT"])
    mailbox = Post("mailbox", "services.notifications", ["mailbox", *desk], told)
    places["mailbox"] = f"http://127.0.0.1:{told['CADRE_MAILBOX_PORT']}"
    listed = [f"{path}={place}" for path, place in places.items()]
    port = installation.origin.rpartition(":")[2]
    wanted = [Post("proxy", "tests.journeys.apart.one_origin", [port, *listed]), mailbox]
    for one in SERVICES:
        module, environment = f"services.{one}", environments[one]
        if one in APIS:
            wanted.append(Post(f"{one}-api", module, ["api", "--port", ports[one]], environment))
        for role, several in (("relay", RELAYS[one]), ("worker", WORKERS[one])):
            for number in range(several):
                wanted.append(Post(f"{one}-{role}-{number + 1}", module, [role], environment))
    await asyncio.gather(*(filled.fill(post) for post in wanted))
    for one in (*APIS, "mailbox"):
        await until_ready(f"{installation.origin}/{one}", seconds=SECONDS_TO_START)


async def _token(filled: Posts, installation: Apart, folder: Path) -> str:
    environment = installation.environments["registration"]
    asked = Post("token", "services.registration", ["token", "--role", "admin"], environment)
    assert await filled.run(asked) == 0
    return (folder / "token.log").read_text().split()[-1]


def _over(url: str, way: Way) -> str:
    parts = urlsplit(url)
    account = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{account}@127.0.0.1:{way.port}"))


def _with_a_plain_mail_server(told: Mapping[str, str]) -> dict[str, str]:
    """One that can not be asked what it has; the SMS gateway can be."""
    return {name: value for name, value in told.items() if "SMTP_INQUIRY" not in name}


def _plain(url: str, server: DatabaseServer) -> str:
    """A service's database, as the server's administrator opens it."""
    database = make_url(url).database
    administrator = make_url(server.address).set(database=database)
    return administrator.render_as_string(hide_password=False)
