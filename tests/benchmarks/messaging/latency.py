"""How long after a commit its effect is there, when there is nothing else to do."""

import asyncio
import random
import time
from asyncio.subprocess import Process
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.benchmarks.contenders.nominations import CONSUMERS

from .children import have_imported
from .ground import SECONDS_TO_FINISH, Ground

CHANNEL = "kept"
SAYS_WHEN = (
    f"CREATE FUNCTION say_when() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$",
    "CREATE TRIGGER say_when AFTER INSERT ON nomination EXECUTE FUNCTION say_when()",
)
"""A notice goes out with the commit: whoever hears it can see the effect."""


async def idle_latencies(ground: Ground, importer: Process, number: int) -> list[float]:
    """Milliseconds from a commit to each consumer's effect, one event at a time, with pauses."""
    heard: dict[str, asyncio.Queue[float]] = {service: asyncio.Queue() for service in CONSUMERS}
    latencies = []
    async with AsyncExitStack() as held:
        for service in CONSUMERS:
            listener = await _listening(ground, service, heard[service])
            held.push_async_callback(listener.close)
        for _ in range(number):
            await asyncio.sleep(random.uniform(0.05, 0.15))
            _, committed = await have_imported(importer, 1)
            async with asyncio.timeout(SECONDS_TO_FINISH):
                effects = [await heard[service].get() for service in CONSUMERS]
            latencies += [(effect - committed) * 1000 for effect in effects]
    return latencies


async def _listening(ground: Ground, service: str, heard: asyncio.Queue[float]) -> Any:
    async with ground.databases[service].writing() as connection:
        for statement in SAYS_WHEN:
            await connection.execute(text(statement))
    plain = make_url(ground.url_of(service)).set(drivername="postgresql")
    listener = await asyncpg.connect(plain.render_as_string(hide_password=False))

    def hear(*_said: Any) -> None:
        heard.put_nowait(time.time())

    await listener.add_listener(CHANNEL, hear)
    return listener
