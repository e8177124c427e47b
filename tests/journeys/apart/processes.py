"""Starts every process of an installation whose services run apart, and stops them all."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from joserfc.jwk import ECKey

from tests.programs import Program, Start, forked, run
from tests.rights.prepared import (
    PreparedBroker,
    PreparedDatabases,
    prepared_broker,
    prepared_databases,
)
from tests.servers.broker import Broker
from tests.servers.ports import free_port
from tests.services.embedded.served import until_ready

SERVICES = ("registration", "scheduling", "notifications", "reporting")
ROLES = ("api", "worker", "relay")
WORKERS = 2
STORY = "2018-03-01T08:00:00+00:00"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 40


@dataclass
class Apart:
    """An installation: its origin, and for each service what its processes are told."""

    origin: str
    environments: Mapping[str, Mapping[str, str]]
    logs: Path
    start_program: Start = forked
    running: dict[str, Program] = field(default_factory=dict)
    operations: dict[str, str] = field(default_factory=dict)
    """By name of a process: where it tells of itself."""

    async def start(self, name: str, *command: str, service: str = "") -> None:
        """Start a process under a name; what it says goes to a file of that name."""
        with (self.logs / f"{name}.log").open("ab") as log:
            settings = {
                **os.environ,
                **self.environments.get(service, {}),
                "CADRE_OPERATIONS": self.operations.get(name, ""),
            }
            self.running[name] = await asyncio.to_thread(
                self.start_program, *command, environment=settings, stdout=log, stderr=log
            )

    async def start_service(self, service: str, role: str, *options: str, number: int = 1) -> None:
        """Start one process of a service."""
        name = f"{service}-{role}-{number}"
        if role in ROLES:
            self.operations[name] = f"127.0.0.1:{free_port()}"
        await self.start(name, f"services.{service}", role, *options, service=service)

    def run(self, service: str, *command: str) -> str:
        """Run a command of a service to its end; what it printed."""
        settings = {**os.environ, **self.environments[service]}
        done = run(f"services.{service}", *command, environment=settings)
        assert done.returncode == 0, f"{done.returncode}: {done.stderr[-2000:]}"
        return done.stdout.strip()

    async def stop(self, *names: str) -> None:
        """Have processes drain, or every one; who does not is killed, and that is a failure."""
        stopping = {name: self.running[name] for name in names or self.running}
        for process in stopping.values():
            process.terminate()
        late = []
        for name, process in stopping.items():
            try:
                await asyncio.wait_for(process.wait(), SECONDS_TO_STOP)
            except TimeoutError:
                process.kill()
                late.append(name)
        assert not late, f"did not stop: {late}"


@asynccontextmanager
async def services_apart(
    postgresql: str,
    rabbitmq: Broker,
    folder: Path,
    *,
    services: Sequence[str] = SERVICES,
    workers: int = WORKERS,
    story: str = STORY,
    start_program: Start = forked,
) -> AsyncIterator[Apart]:
    """Services of a story installation: api, workers and a relay each, behind a proxy."""
    async with AsyncExitStack() as held:
        broker = await held.enter_async_context(prepared_broker(rabbitmq))
        databases = await held.enter_async_context(prepared_databases(postgresql))
        installation = described(databases, broker, folder, story)
        installation.start_program = start_program
        await held.enter_async_context(running(installation, services, workers))
        yield installation


@asynccontextmanager
async def running(
    installation: Apart, services: Sequence[str], workers: int = WORKERS
) -> AsyncIterator[None]:
    """Each service of it is migrated and started; all stop at the end."""
    try:
        await asyncio.gather(
            *(asyncio.to_thread(installation.run, service, "migrate") for service in services)
        )
        await _start_all(installation, services, workers)
        yield
    finally:
        await installation.stop()


def described(
    databases: PreparedDatabases, broker: PreparedBroker, folder: Path, story: str
) -> Apart:
    """An installation of which nothing runs yet: its origin, and what each service is told."""
    key = ECKey.generate_key("P-256")
    port, smtp_port, desk_port = free_port(), free_port(), free_port()
    origin, gateway = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{desk_port}/mailbox/gateway"
    name = "urn:cadre:local-issuer"
    issuers = [{"name": name, "key": key.as_dict(private=False)}]
    shared = {
        "CADRE_INSTALLATION": "apart",
        "CADRE_ORIGIN": origin,
        "CADRE_STORY": story,
        "CADRE_ISSUERS": json.dumps(issuers),
        "CADRE_ISSUER": name,
        "CADRE_ISSUER_KEY": json.dumps(key.as_dict(private=True)),
        "CADRE_SENDER": "Cadre <notices@cadre.example>",
        "CADRE_SMTP_HOST": "127.0.0.1",
        "CADRE_SMTP_PORT": str(smtp_port),
        "CADRE_SMTP_SECURITY": "none",
        "CADRE_SMTP_INQUIRY_URL": gateway,
        "CADRE_SMTP_INQUIRY_KEY": "gateway" * 6,
        "CADRE_SMS_URL": gateway,
        "CADRE_SMS_KEY": "gateway" * 6,
        "CADRE_MAILBOX": str(folder / "mailbox.sqlite"),
        "CADRE_MAILBOX_PORT": str(desk_port),
    }
    environments = {
        service: {
            **shared,
            "CADRE_BROKER_URL": broker.url_of(service),
            "CADRE_DATABASE_URL": databases.url_of(service),
            "CADRE_LINK_KEY": f"links of {service}".ljust(40, "."),
        }
        for service in SERVICES
    }
    environments["registration"] |= {
        name: value for name, value in broker.settings.items() if "MANAGEMENT" in name
    }
    return Apart(origin, environments, folder)


async def _start_all(installation: Apart, services: Sequence[str], workers: int) -> None:
    ports = {service: str(free_port()) for service in services}
    places = {service: f"http://127.0.0.1:{port}" for service, port in ports.items()}
    paths = {
        **places,
        "events": places["reporting"],
        "feed": places["reporting"],
        "ingress": places["registration"],
        "": places["registration"],
    }
    if "notifications" in services:
        paths["mailbox"] = await _start_mailbox(installation)
    port = installation.origin.rpartition(":")[2]
    listed = [f"{path}={place}" for path, place in paths.items()]
    await installation.start("proxy", "tests.journeys.apart.one_origin", port, *listed)
    for service in services:
        front = ["--front"] if service == "registration" else []
        await installation.start_service(service, "api", "--port", ports[service], *front)
        await installation.start_service(service, "relay")
        for number in range(workers):
            await installation.start_service(service, "worker", number=number + 1)
    for path in (one for one in paths if one in (*services, "mailbox")):
        await until_ready(f"{installation.origin}/{path}", seconds=SECONDS_TO_START)


async def _start_mailbox(installation: Apart) -> str:
    """Where mails and SMS can be read."""
    told = installation.environments["notifications"]
    desk, smtp = ("--port", told["CADRE_MAILBOX_PORT"]), ("--smtp-port", told["CADRE_SMTP_PORT"])
    await installation.start_service("notifications", "mailbox", *desk, *smtp)
    return f"http://127.0.0.1:{told['CADRE_MAILBOX_PORT']}"
