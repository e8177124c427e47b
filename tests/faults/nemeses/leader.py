"""A relay that stands still while it leads, and goes on after another took over."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ..books import AWAY, Databases
from ..posts import Posts
from .nemesis import NotReached

SECONDS_TO_TAKE_OVER = 15.0
TRIES = 2
_RELAYS = """
WITH leader AS (
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('relay of {service}', 0)
)
SELECT COALESCE((SELECT pid FROM leader), 0), (
    SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
    AND query LIKE 'SELECT pg_try_advisory_lock%' AND pid NOT IN (SELECT pid FROM leader)
)
"""
"""The session that leads, and how many others ask for the lead."""


@dataclass
class PausedLeader:
    """Of two relays of one service, the first."""

    posts: Posts
    databases: Databases
    service: str
    seconds: float = 1.0
    _stopped: int = 0

    @property
    def name(self) -> str:
        """Always the same."""
        return "SIGSTOP of the relay that leads"

    async def start(self) -> None:
        """Stop it, and wait until another leads; once more where the second led after all.

        Raises `NotReached`.
        """
        for left in reversed(range(TRIES)):
            try:
                await self._stop_the_leader()
                break
            except NotReached:
                if not left:
                    raise

    async def stop(self) -> None:
        """The first goes on, where it was. Raises `NotReached`."""
        was_killed = self.posts.number_of(self._first) != self._stopped
        self._let_it_go_on()
        if was_killed:
            raise NotReached("it was killed meanwhile")
        await self._until(lambda leader, standing_by: leader > 0 and standing_by == 1)

    @property
    def _first(self) -> str:
        return f"{self.service}-relay-1"

    async def _stop_the_leader(self) -> None:
        """With the second gone for a moment the first leads; then it stands still, until the
        database hears nothing of it and the second is given the lead."""
        await self.posts.kill(f"{self.service}-relay-2")
        led = await self._until(lambda leader, standing_by: leader > 0 and standing_by == 1)
        self._stopped = self.posts.signal(self._first, signal.SIGSTOP)
        has_passed = False
        try:
            await self._until(lambda leader, _: leader not in (0, led))
            has_passed = True
        finally:
            if not has_passed:
                self._let_it_go_on()

    def _let_it_go_on(self) -> None:
        if self.posts.number_of(self._first) == self._stopped:
            self.posts.signal(self._first, signal.SIGCONT)

    async def _until(self, is_so: Callable[[int, int], bool]) -> int:
        """The session that leads then; other harm may be done to the database meanwhile."""
        query = _RELAYS.format(service=self.service)
        try:
            async with asyncio.timeout(SECONDS_TO_TAKE_OVER):
                while True:
                    with suppress(*AWAY):
                        [(leader, standing_by)] = await self.databases.read(self.service, query)
                        if is_so(leader, standing_by):
                            return int(leader)
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise NotReached("nobody took over") from None
