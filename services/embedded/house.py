"""The house: all services of an installation under one origin, and the life of their loops."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from fastapi import FastAPI

from services.notifications import Deliver
from services.notifications import app as notifications
from services.notifications.channels import (
    EmailChannel,
    SmsChannel,
    SmsGatewaySettings,
    SmtpSettings,
)
from services.notifications.mailbox import Mailbox
from services.registration import app as registration
from services.reporting import app as reporting
from services.scheduling import app as scheduling
from shared.clock import begin_story
from shared.database import Database
from shared.database.heads import is_at_head
from shared.jobs import release_all
from shared.messaging.embedded import EmbeddedTransport
from shared.messaging.relay import run_relay
from shared.observing.observer import Observer
from shared.observing.readiness import Check, Readiness, database_at_head
from shared.observing.watched import Watched, watched
from shared.service import Service
from shared.settings import Settings
from shared.web.addressed import is_on_loopback
from shared.web.tokens import Issuers, trusting
from shared.worker import Worker

from .installation import Installation
from .origin import make_origin

SENDER = "Cadre <notices@cadre.example>"
SECONDS_TO_DRAIN = 20.0
MakeTransport = Callable[[Database], EmbeddedTransport]


@dataclass
class House:
    """Everything of one installation, in one process."""

    installation: Installation
    transport: EmbeddedTransport
    mailbox: Mailbox
    services: Mapping[str, Service]
    databases: Mapping[str, Database]
    app: FastAPI
    front: Observer
    readiness: Readiness = field(init=False)
    _workers: dict[str, Worker] = field(default_factory=dict)
    _tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        contexts = [service.context for service in self.services.values()]
        self.readiness = Readiness(
            Check("worker or relay", self._loops_run), *map(database_at_head, contexts)
        )

    async def open(self) -> None:
        """Bring every database to its head revision, and a new story to its start."""
        await self.transport.prepare()
        for name in self.services:
            await _migrate(self.databases[name], name)
            if self.installation.story_start:
                await begin_story(self.databases[name], self.installation.story_start)

    async def start(self) -> None:
        """Start the mailbox, and each service's relay and worker."""
        for name, service in self.services.items():
            await release_all(service.context)
            worker = self._workers[name] = service.worker()
            self._tasks[f"{name}-worker"] = asyncio.create_task(worker.run())
            service.context.observer.leads(now=True)
            relay = run_relay(service.context, self.transport)
            self._tasks[f"{name}-relay"] = asyncio.create_task(relay)
        self.readiness.begin()

    async def stop(self) -> None:
        """Finish what was begun, then stop: workers, relays, mailbox, databases."""
        self.readiness.drain()
        for worker in self._workers.values():
            worker.drain()
        working = [task for name, task in self._tasks.items() if name.endswith("-worker")]
        if working:
            await asyncio.wait(working, timeout=SECONDS_TO_DRAIN)
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self.mailbox.stop()
        for database in self.databases.values():
            await database.close()

    def watched(self) -> list[Watched]:
        """All of it, for who watches over the installation."""
        roles = ("api", "worker", "relay")
        return [
            Watched(self.front),
            *(watched(service, *roles) for service in self.services.values()),
        ]

    async def _loops_run(self) -> str | None:
        ended = sorted(name for name, task in self._tasks.items() if task.done())
        return f"{', '.join(ended)} ended" if ended else None


async def build_house(
    installation: Installation,
    origin: str,
    *,
    port: int | None,
    make_transport: MakeTransport = EmbeddedTransport,
) -> House:
    """Put the services of an installation together. With the port it will be served on, its mail
    server listens; without one, it answers only who calls its application directly."""
    issuers = trusting(installation.issuer())
    names = ("registration", "scheduling", "notifications", "reporting")
    databases = {name: Database(installation.database_url(name)) for name in (*names, "queue")}
    transport = make_transport(databases["queue"])
    mailbox = Mailbox(
        installation.folder / "mailbox.sqlite", gateway_key=installation.secret("gateway")
    )
    if port is not None:
        await mailbox.start("127.0.0.1", 0)
    services = {
        service.name: service
        for service in (
            registration.build(
                _settings(installation, origin, "registration", issuers),
                transport,
                databases["registration"],
            ),
            scheduling.build(
                _settings(installation, origin, "scheduling", issuers),
                transport,
                databases["scheduling"],
            ),
            notifications.build(
                _settings(installation, origin, "notifications", issuers),
                transport,
                databases["notifications"],
                deliver=_deliver(installation, mailbox, port),
            ),
            reporting.build(
                _settings(installation, origin, "reporting", issuers),
                transport,
                databases["reporting"],
            ),
        )
    }
    for name, service in services.items():
        transport.bind(name, service.reactions.types)
    public = installation.is_story and is_on_loopback(origin)
    front = Observer("front")
    app = make_origin(installation, origin, services, mailbox, issuers, front, is_public=public)
    house = House(installation, transport, mailbox, services, databases, app, front)
    app.state.house = house
    return house


def _settings(installation: Installation, origin: str, service: str, issuers: Issuers) -> Settings:
    link_key, *former = installation.link_keys(service)
    return Settings(
        installation=installation.identity,
        origin=origin,
        link_key=link_key,
        former_link_keys=tuple(former),
        issuers=issuers,
        story=installation.is_story,
    )


def _deliver(installation: Installation, mailbox: Mailbox, port: int | None) -> Deliver:
    """Mail and SMS go to the built-in mailbox, which can be asked what it has."""
    gateway = f"http://127.0.0.1:{port or 0}/mailbox/gateway"
    key = installation.secret("gateway")
    smtp = SmtpSettings(
        host="127.0.0.1",
        port=mailbox.smtp_port if port is not None else 0,
        security="none",
        inquiry_url=gateway,
        inquiry_key=key,
    )
    sms = SmsGatewaySettings(url=gateway, key=key)
    return Deliver(EmailChannel(smtp, SENDER), SmsChannel(sms))


async def _migrate(database: Database, service: str) -> None:
    """Most starts find nothing to do, and are spared what it takes."""
    if not await is_at_head(database, service):
        await import_module("shared.database.migrate").migrate(database, service)
