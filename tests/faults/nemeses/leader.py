"""A relay that stands still while it leads, and goes on after another took over."""

import asyncio
import signal
from dataclasses import dataclass

from ..books import Databases
from ..posts import Posts
from .nemesis import NotReached

SECONDS_TO_TAKE_OVER = 15.0
_LEADS = """
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted = {granted}
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('relay of {service}', 0)
"""


@dataclass
class PausedLeader:
    """Of two relays of one service, the first."""

    posts: Posts
    databases: Databases
    service: str
    seconds: float = 1.0

    @property
    def name(self) -> str:
        """Always the same."""
        return "SIGSTOP of the relay that leads"

    async def start(self) -> None:
        """With the second gone for a moment the first leads; then it stands still, until the
        database hears nothing of it and gives the lead to the second."""
        await self.posts.kill(f"{self.service}-relay-2")
        await self._until(leading=1, waiting=1)
        self.posts.signal(f"{self.service}-relay-1", signal.SIGSTOP)
        await self._until(leading=1, waiting=0)

    async def stop(self) -> None:
        """The first goes on, where it was."""
        self.posts.signal(f"{self.service}-relay-1", signal.SIGCONT)
        await self._until(leading=1, waiting=1)

    async def _until(self, *, leading: int, waiting: int) -> None:
        try:
            async with asyncio.timeout(SECONDS_TO_TAKE_OVER):
                while [
                    len(await self._sessions(granted=True)),
                    len(await self._sessions(granted=False)),
                ] != [leading, waiting]:
                    await asyncio.sleep(0.1)
        except TimeoutError:
            self.posts.signal(f"{self.service}-relay-1", signal.SIGCONT)
            raise NotReached("nobody took over") from None

    async def _sessions(self, *, granted: bool) -> list[int]:
        query = _LEADS.format(granted=granted, service=self.service)
        return [int(pid) for (pid,) in await self.databases.read(self.service, query)]
