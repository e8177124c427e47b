"""Our processes, as they run apart: `python -m tests.benchmarks.contenders.ours ROLE SERVICE …`.

`worker` and `relay` are the roles of the product; `importer` commits nominations as a roster does,
and tells the relay as an api would.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import islice

from fastapi import FastAPI

from shared.clock import Clock
from shared.context import Actor, Context, Outcome, Work
from shared.contracts.registration import NominationSubmitted
from shared.database import Database, insert_new
from shared.links import Links
from shared.logging import configure_logs
from shared.messaging.rabbit import RabbitTransport
from shared.process.loop import run_in_loop
from shared.process.roles import run_sole_relay, run_worker, tell_others
from shared.service import Service

from .asking import answer_on_input
from .nominations import nomination, reactions_of, row_of, submitted

ROSTER = 100
"""How many nominations are imported in one transaction."""


@asynccontextmanager
async def service_on(name: str, database_url: str, broker_url: str) -> AsyncIterator[Service]:
    """A service on its database and its broker, with nothing but what is measured."""
    links = Links(b"k" * 32, "http://cadre.test", name)
    database, transport = Database(database_url), RabbitTransport(broker_url)
    context = Context(name, "bench", database, Clock(), links)
    yield Service(context, transport, reactions_of(name), {}, FastAPI())
    await transport.close()
    await database.close()


async def import_nominations(context: Context, number: int) -> None:
    """Commit state and facts, one roster a transaction."""
    coming = submitted(number)
    while roster := list(islice(coming, ROSTER)):
        act = partial(_keep_and_tell, events=roster)
        await context.commit(act, actor=Actor("bench", "admin"), correlation_id="bench")


async def _keep_and_tell(work: Work, events: Sequence[NominationSubmitted]) -> Outcome:
    await insert_new(work.connection, nomination, [row_of(event) for event in events])
    return events


async def _run_importer(service: Service) -> None:
    telling = asyncio.create_task(tell_others(service, service.context.signals.outbox))
    await answer_on_input(partial(import_nominations, service.context))
    telling.cancel()


ROLES: dict[str, Callable[[Service], Awaitable[None]]] = {
    "worker": run_worker,
    "relay": run_sole_relay,
    "importer": _run_importer,
}


async def play(role: str, name: str, database_url: str, broker_url: str) -> None:
    """One process of one service, until told to stop."""
    async with service_on(name, database_url, broker_url) as service:
        await ROLES[role](service)


if __name__ == "__main__":
    configure_logs(level="WARNING")
    run_in_loop(play(*sys.argv[1:]))
