"""Harm to processes: killed at a point or anywhere, stopped for a while."""

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.programs import Program

from ..circumstances import Circumstances
from ..posts import Posts
from .nemesis import NotReached

SECONDS_TO_REACH = 20.0


@dataclass
class CrashPoint:
    """The next process at a post dies where it is told to, without any tidying."""

    posts: Posts
    post: str
    point: str
    folder: Path
    seconds: float = 0.0
    _dying: Program | None = None
    _mark: Path | None = None

    @property
    def name(self) -> str:
        """By point."""
        return f"killed {self.point}"

    async def start(self) -> None:
        """Have it replaced by one that will die."""
        self._mark = self.folder / f"{self.post}.{uuid4()}.crashed"
        dying = Circumstances(mark=str(self._mark))
        self._dying = await self.posts.replace(self.post, dying, CADRE_CRASH_AT=self.point)

    async def stop(self) -> None:
        """Wait until it has died there; other harm may come before it. Raises `NotReached`."""
        assert self._dying
        assert self._mark
        try:
            async with asyncio.timeout(SECONDS_TO_REACH):
                await self._dying.wait()
                while not self._mark.exists():
                    await self.start()
                    await self._dying.wait()
        except TimeoutError:
            await self.posts.replace(self.post)
            raise NotReached(f"{self.post} did not come to {self.point}") from None


@dataclass
class Kill:
    """Whoever is at a post dies, wherever it is just then."""

    posts: Posts
    post: str
    seconds: float = 0.3

    @property
    def name(self) -> str:
        """By role."""
        return f"kill -9 of {role_of(self.post)}"

    async def start(self) -> None:
        """Kill it."""
        await self.posts.kill(self.post)

    async def stop(self) -> None:
        """Another has come."""
        await self.posts.wait_until_living(self.post)


@dataclass
class Pause:
    """Whoever is at a post stands still, and then goes on as if nothing had been."""

    posts: Posts
    post: str
    seconds: float
    _stopped: int = 0

    @property
    def name(self) -> str:
        """By role."""
        return f"SIGSTOP of {role_of(self.post)}"

    async def start(self) -> None:
        """Stop it."""
        self._stopped = self.posts.signal(self.post, signal.SIGSTOP)

    async def stop(self) -> None:
        """Let it go on, unless it was killed meanwhile."""
        if self.posts.number_of(self.post) == self._stopped:
            self.posts.signal(self.post, signal.SIGCONT)


def role_of(post: str) -> str:
    """`notifications-worker-2` is a worker."""
    parts = post.split("-")
    return parts[1] if len(parts) > 1 else post
