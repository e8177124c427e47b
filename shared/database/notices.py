"""What processes on one PostgreSQL database tell each other: that there is work, and who leads.

Beside the pool, over a connection of its own: a notice and a lock live as long as it does.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.database.encryption import encryption_of
from shared.database.engines import Database
from shared.database.given_up import given_up_in_time, when_a_leader_falls_silent

CHANNEL = "cadre_work"
SECONDS_TO_CONNECT = 10.0
SECONDS_BETWEEN_NOTICES = 0.005
SECONDS_BETWEEN_SIGNS = 15.0
SECONDS_BETWEEN_TRIES = 1.0
SECONDS_TO_ANSWER = 10.0


class Session:
    """A connection that hears notices and may lead."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._ended = asyncio.Event()
        connection.add_termination_listener(lambda _: self._ended.set())

    async def hear(self, *signals: asyncio.Event) -> None:
        """Set these signals whenever another process says that there is work."""

        def heard(*_said: Any) -> None:
            for signal in signals:
                signal.set()

        await self._connection.add_listener(CHANNEL, heard)

    async def lead(self, name: str) -> None:
        """Wait until no other process leads under this name; lead until the connection ends.

        Who stands by asks again and again: one that only waited would not notice that the line
        broke, and might be given the lead where nobody hears of it. Raises when no answer comes.
        """
        asked = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
        while not await self._connection.fetchval(asked, name, timeout=SECONDS_TO_ANSWER):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), SECONDS_BETWEEN_TRIES)

    async def ended(self) -> None:
        """Wait until the connection is lost, and with it what was led.

        A line that breaks may say nothing, so the server is asked now and then; raises when it does
        not answer.
        """
        while not self._ended.is_set():
            try:
                await asyncio.wait_for(self._ended.wait(), SECONDS_BETWEEN_SIGNS)
            except TimeoutError:
                await self._connection.fetchval("SELECT 1", timeout=SECONDS_TO_ANSWER)


@asynccontextmanager
async def session(database: Database) -> AsyncIterator[Session]:
    """A session of its own on a PostgreSQL database."""
    url, encryption = encryption_of(make_url(database.url))
    connection = await asyncpg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False),
        **encryption,
        timeout=SECONDS_TO_CONNECT,
        command_timeout=SECONDS_TO_ANSWER,
        server_settings=when_a_leader_falls_silent(),
    )
    try:
        yield Session(connection)
    finally:
        connection.terminate()


async def tell(database: Database) -> None:
    """Say to every process that hears that there is work."""
    async with given_up_in_time(database.writer), database.writer.connect() as connection:
        at_once = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await at_once.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})
