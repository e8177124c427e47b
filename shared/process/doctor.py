"""`doctor`: looks at a running service where services run apart; `doctor --after-restore` and
`catch-up`: bring it in line with the others after it was restored to an earlier state."""

import argparse
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from shared.contracts.listeners import LISTENERS
from shared.doctor import broker, certificates, clocks, keys, store, stories, waiting
from shared.doctor.after_restore import after_restore
from shared.doctor.archive import Archive
from shared.doctor.catch_up import catch_up
from shared.doctor.finding import Check, Examined, examine
from shared.doctor.telling import caught_up_lines, restored_lines
from shared.service import Service
from shared.settings import Settings
from shared.web.tokens import issue

from .environment import Environment, SettingIsWrong
from .visiting import at_origin

SECONDS_TO_READ = 3600
SECONDS_TO_ANSWER = 60.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do, and how to tell of it."""
    parser.add_argument("--json", action="store_true", help="answer with JSON, for programs")
    parser.add_argument(
        "--after-restore",
        action="store_true",
        help="restored to an earlier state, and stopped: count on from above what others know, "
        "and list the facts that are known here no more",
    )


async def look_at_settings(values: Mapping[str, str]) -> list[Examined]:
    """What a process is told, before anything is built of it."""
    return await examine("settings", keys.checks_of(values))


async def look_at(service: Service, settings: Settings, environment: Environment) -> list[Examined]:
    """Everything that a service needs while it runs."""
    context, database = service.context, service.context.database
    place = broker.Place(
        environment.broker_url,
        service.name,
        service.reactions.types,
        broker.administrator_of(environment),
    )
    others = {
        name: partial(stories.by_http, settings.origin, name)
        for name in LISTENERS
        if name != service.name
    }
    checks = [
        *store.checks_of(database, service.name),
        *broker.checks_of(place, database),
        *_certificates(settings, environment),
        *_clocks(service, place),
        Check("story", lambda: stories.agrees(settings.story, database, others)),
        *waiting.checks_of(context),
        *service.checks,
    ]
    return await examine(service.name, checks)


async def put_in_line(service: Service, environment: Environment, *, as_json: bool) -> str:
    """`doctor --after-restore`: what was lost, and what was done about it."""
    async with _archive(environment) as archive:
        return restored_lines(service.name, await after_restore(service, archive), as_json=as_json)


async def bring_up(service: Service, environment: Environment, since: datetime | None) -> str:
    """`catch-up`: what was taken in, and what is still to be announced."""
    async with _archive(environment) as archive:
        return caught_up_lines(service.name, await catch_up(service, archive, since=since))


def _certificates(settings: Settings, environment: Environment) -> Iterator[Check]:
    """Of servers that are reached encrypted."""
    if settings.origin.startswith("https://"):
        yield Check("certificate", partial(certificates.lasts, settings.origin))
    if environment.broker_url.startswith("amqps://"):
        of_broker = partial(
            certificates.lasts, environment.broker_url, environment.broker_authority
        )
        yield Check("certificate-of-broker", of_broker)


def _clocks(service: Service, place: broker.Place) -> Iterator[Check]:
    """The broker's own clock is seen by who may ask its management API."""
    of_database = partial(clocks.of_database, service.context.database)
    yield Check("clock", partial(clocks.agrees, "the database", of_database))
    if place.administrator:
        of_broker = partial(broker.clock_of, place.administrator)
        yield Check("clock-of-broker", partial(clocks.agrees, "the broker", of_broker))


@asynccontextmanager
async def _archive(environment: Environment) -> AsyncIterator[Archive]:
    """Asked by `CADRE_ACCESS_TOKEN` of an auditor or admin; where there is a local issuer, by a
    token of its own."""
    issuer, token = environment.issuer(), environment.maybe("CADRE_ACCESS_TOKEN")
    if issuer and not token:
        seconds = SECONDS_TO_READ
        token = issue(issuer, subject="operator", role="auditor", party=None, seconds=seconds)
    if not token:
        raise SettingIsWrong("CADRE_ACCESS_TOKEN (a token of an auditor) is not set")
    headers = {"Authorization": f"Bearer {token}"}
    origin = environment.text("CADRE_ORIGIN").rstrip("/")
    async with at_origin(origin, headers, seconds=SECONDS_TO_ANSWER) as client:
        yield Archive(client)
