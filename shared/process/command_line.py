"""`python -m services.<name> …`: the commands that every service has."""

import argparse
import asyncio
import os
import ssl
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy.engine import make_url

from shared.clock import begin_story
from shared.database import Database
from shared.database.notices import tell
from shared.doctor.finding import is_well, refuse_what_is_wrong, told
from shared.doctor.options import add_catch_up_options
from shared.logging import configure_logs
from shared.messaging.rabbit import RabbitTransport
from shared.messaging.rabbit.topology import BrokerIsNotPrepared, declare_queues
from shared.messaging.transport import Transport
from shared.observing.address import operated
from shared.observing.readiness import Readiness, broker_answers, database_at_head
from shared.observing.traces import ENDPOINT, begin_traces
from shared.observing.watched import watched
from shared.refusals import Refused
from shared.service import Service
from shared.settings import Settings
from shared.web.tokens import ROLES, issue, subject_of

from . import announcements, dead_letters, doctor
from .environment import Environment, SettingIsWrong
from .inside import operator
from .loop import run_in_loop
from .origin import served
from .roles import run_api, run_sole_relay, run_worker

Build = Callable[[Settings, Transport, Database], Service]
Do = Callable[["Process", argparse.Namespace], Awaitable[None]]
SECONDS_OF_A_TOKEN = 12 * 3600


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a service: the service as built, and what it was built from."""

    environment: Environment
    settings: Settings
    service: Service
    transport: RabbitTransport
    database: Database


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a service: its words on the command line, and what it does."""

    name: str
    meaning: str
    do: Do
    add_options: Callable[[argparse.ArgumentParser], None] | None = None


def run(
    name: str,
    build: Build,
    *,
    beside: Sequence[Command] = (),
    arguments: Sequence[str] | None = None,
) -> int:
    """Run one command of a service, or one that this service has beside the usual; exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{name}")
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING"])
    chosen = parser.add_subparsers(dest="command", required=True)
    for command in (*COMMANDS, *beside):
        part = chosen.add_parser(command.name, help=command.meaning)
        if command.add_options:
            command.add_options(part)
        part.set_defaults(do=command.do)
    asked = parser.parse_args(arguments)
    configure_logs(level=asked.log_level)
    try:
        run_in_loop((_examine if asked.do is _doctor else _carry_out)(build, asked))
    except (Refused, SettingIsWrong, BrokerIsNotPrepared) as refusal:
        print(f"services.{name}: {refusal}", file=sys.stderr)
        return 1
    except ssl.SSLCertVerificationError as error:
        wrong = f"not the server it should be: {error.verify_message}"
        print(f"services.{name}: {wrong}", file=sys.stderr)
        return 1
    return 0


async def _carry_out(build: Build, asked: argparse.Namespace) -> None:
    environment = Environment(os.environ)
    database = Database(environment.database_url)
    transport = RabbitTransport(environment.broker_url)
    settings = environment.settings()
    service = build(settings, transport, database)
    traces = begin_traces(environment.maybe(ENDPOINT), service.name)
    service.context.observer.traces = traces
    try:
        await asked.do(Process(environment, settings, service, transport, database), asked)
    finally:
        await transport.close()
        await database.close()
        await asyncio.to_thread(traces.close)


async def _examine(build: Build, asked: argparse.Namespace) -> None:
    """Settings are looked at first: without them nothing can be built that could be looked at."""
    asked.seen = await doctor.look_at_settings(os.environ)
    if not is_well(asked.seen):
        print(told(asked.seen, as_json=asked.json))
        refuse_what_is_wrong(asked.seen)
    await _carry_out(build, asked)


async def _api(process: Process, asked: argparse.Namespace) -> None:
    service, issuer = process.service, process.environment.issuer()
    proxies = process.environment.proxies
    app = served(service, process.settings, front=asked.front, issuer=issuer)
    readiness = Readiness(database_at_head(service.context))
    async with _operated(process, readiness, "api"):
        await run_api(service, app, asked.host, asked.port, readiness, proxies)


async def _worker(process: Process, _asked: argparse.Namespace) -> None:
    readiness = _behind_the_scenes(process)
    async with _operated(process, readiness, "worker"):
        await run_worker(process.service, readiness)


async def _relay(process: Process, _asked: argparse.Namespace) -> None:
    readiness = _behind_the_scenes(process)
    async with _operated(process, readiness, "relay"):
        await run_sole_relay(process.service, readiness)


def _operated(
    process: Process, readiness: Readiness, role: str
) -> AbstractAsyncContextManager[None]:
    return operated(process.environment.operations, readiness, watched(process.service, role))


def _behind_the_scenes(process: Process) -> Readiness:
    return Readiness(database_at_head(process.service.context), broker_answers(process.transport))


async def _migrate(process: Process, _asked: argparse.Namespace) -> None:
    service = process.service
    await import_module("shared.database.migrate").migrate(process.database, service.name)
    if start := process.environment.story_start:
        await begin_story(process.database, start)
    url = process.environment.broker_url
    await declare_queues(url, process.database, service.name, service.reactions.types)
    print(f"{service.name}: {make_url(process.database.url).database} is at its head revision")


async def _token(process: Process, asked: argparse.Namespace) -> None:
    issuer = process.environment.issuer()
    if issuer is None:
        raise SettingIsWrong("CADRE_ISSUER_KEY (or CADRE_ISSUER_KEY_FILE) is not set")
    subject = subject_of(asked.role, asked.party, asked.subject)
    party, seconds = asked.party, SECONDS_OF_A_TOKEN
    print(issue(issuer, subject=subject, role=asked.role, party=party, seconds=seconds))


async def _dead_letters(process: Process, asked: argparse.Namespace) -> None:
    service = process.service
    async with operator(service, process.settings) as client:
        print(await dead_letters.carry_out(client, [service.name], asked.action, asked.id))


async def _announce(process: Process, asked: argparse.Namespace) -> None:
    for line in await announcements.carry_out(process.service, asked):
        print(line)
    await tell(process.database)


async def _doctor(process: Process, asked: argparse.Namespace) -> None:
    service, environment = process.service, process.environment
    if asked.after_restore:
        print(await doctor.put_in_line(service, environment, as_json=asked.json))
        return
    seen = [*asked.seen, *await doctor.look_at(service, process.settings, environment)]
    print(told(seen, as_json=asked.json))
    refuse_what_is_wrong(seen)


async def _catch_up(process: Process, asked: argparse.Namespace) -> None:
    print(await doctor.bring_up(process.service, process.environment, asked.since))


def listen_options(parser: argparse.ArgumentParser) -> None:
    """Where a process listens."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)


def _api_options(parser: argparse.ArgumentParser) -> None:
    listen_options(parser)
    parser.add_argument("--front", action="store_true", help="serve the front door as well")


def _token_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--party")
    parser.add_argument("--subject")


COMMANDS = (
    Command("api", "serve its addresses and pages", _api, _api_options),
    Command("worker", "do what events and clocks cause", _worker),
    Command("relay", "carry its events to the broker", _relay),
    Command("migrate", "make or upgrade its tables, its queue and its bindings", _migrate),
    Command(
        "announce",
        "state current facts anew, for a consumer that comes later",
        _announce,
        announcements.add_options,
    ),
    Command(
        "deadletters",
        "list, show, replay or discard what was set aside",
        _dead_letters,
        dead_letters.add_options,
    ),
    Command(
        "doctor",
        "look at everything it needs, and say what to do; or put it in line after a restore",
        _doctor,
        doctor.add_options,
    ),
    Command(
        "catch-up",
        "restored to an earlier state: take in what it missed, from the archive",
        _catch_up,
        add_catch_up_options,
    ),
    Command("token", "print a bearer token of the local issuer", _token, _token_options),
)
