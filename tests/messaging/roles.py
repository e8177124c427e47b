"""A service as a process to end: `python -m tests.messaging.roles relay|worker URL BROKER_URL`.

The worker takes its time for each event, so that it can be stopped in the midst of its work.
"""

import asyncio
import sys

from fastapi import FastAPI

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import SeatFreed
from shared.logging import configure_logs
from shared.messaging.rabbit import RabbitTransport
from shared.messaging.reactions import Reactions, each
from shared.process.roles import run_sole_relay, run_worker
from shared.service import Service
from tests.messaging.rig import effect, make_context

SECONDS_FOR_AN_EVENT = 0.2


async def note_slowly(work: Work, fact: Fact[SeatFreed]) -> Outcome:
    """The effect of the event, at the end of a transaction that takes a while."""
    await asyncio.sleep(SECONDS_FOR_AN_EVENT)
    await work.connection.execute(effect.insert().values(what=str(fact.event.offer_id)))
    return None


async def play(role: str, database_url: str, broker_url: str) -> None:
    """The relay of the teller, or a worker of the listener, until told to stop."""
    name, run = {
        "relay": ("registration", run_sole_relay),
        "worker": ("scheduling", run_worker),
    }[role]
    context = make_context(name, database_url)
    transport = RabbitTransport(broker_url)
    reactions = Reactions("scheduling", [each(SeatFreed, note_slowly)])
    await run(Service(context, transport, reactions, {}, FastAPI()))
    await transport.close()
    await context.database.close()


if __name__ == "__main__":
    configure_logs()
    asyncio.run(play(*sys.argv[1:]))
