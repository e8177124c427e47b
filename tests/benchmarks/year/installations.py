"""The two ways to run the same installation, each made for one year and removed after it."""

import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import ECKey

from deploy.demo.serving import served
from services.embedded.installation import open_installation
from shared.web.tokens import Issuer
from tests.journeys.apart.processes import SERVICES, Apart, services_apart
from tests.programs import by_python
from tests.servers.broker import Broker
from tests.servers.ports import free_port

from .weeks import BEGINS

LAST_LINES = 5


@dataclass(frozen=True)
class Installed:
    """A running installation: where it is, who signs its tokens, and the processes that count.

    Neither the driver counts nor what is there for it alone: proxy and mailbox of the distributed
    mode, PostgreSQL and RabbitMQ.
    """

    origin: str
    issuer: Issuer
    processes: Mapping[str, int]


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[Installed]:
    """One process on SQLite, with its mailbox inside."""
    with served(folder / "embedded", free_port(), BEGINS.isoformat()) as server:
        issuer = open_installation(server.folder).issuer()
        yield Installed(server.origin, issuer, {"services": server.process.pid})


@asynccontextmanager
async def distributed(
    folder: Path, postgresql: str, rabbitmq: Broker, *, workers: int = 1
) -> AsyncIterator[Installed]:
    """Of each service api, relay and workers on PostgreSQL and RabbitMQ, behind a proxy."""
    (folder / "apart").mkdir(parents=True, exist_ok=True)
    async with services_apart(
        postgresql,
        rabbitmq,
        folder / "apart",
        workers=workers,
        story=BEGINS.isoformat(),
        start_program=by_python,
    ) as installation:
        try:
            yield Installed(installation.origin, _issuer_of(installation), _pids(installation))
        except Exception:
            _tell_last_lines(installation.logs)
            raise


def _tell_last_lines(logs: Path) -> None:
    """What the processes said before something went wrong."""
    for log in sorted(logs.glob("*.log")):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        sys.stderr.writelines(f"{log.stem}: {line}\n" for line in lines)


def _issuer_of(installation: Apart) -> Issuer:
    told = installation.environments["registration"]
    return Issuer(told["CADRE_ISSUER"], ECKey.import_key(json.loads(told["CADRE_ISSUER_KEY"])))


def _pids(installation: Apart) -> dict[str, int]:
    return {
        name: process.pid
        for name, process in installation.running.items()
        if name.partition("-")[0] in SERVICES and "-mailbox-" not in name
    }
