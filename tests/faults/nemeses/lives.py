"""Harm to how a process lives: slow, failing, at a wrong time."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ..circumstances import Circumstances
from ..posts import Posts
from .nemesis import NotReached
from .processes import SECONDS_TO_REACH

SECONDS_BETWEEN_LOOKS = 0.1


@dataclass
class SlowConsumer:
    """Whoever is at a post takes its time for every message."""

    posts: Posts
    post: str
    seconds: float
    seconds_for_a_message: float = 0.4

    @property
    def name(self) -> str:
        """Always the same."""
        return "slow consumer"

    async def start(self) -> None:
        """Have it replaced by a slow one."""
        await self.posts.replace(self.post, Circumstances(slow=self.seconds_for_a_message))

    async def stop(self) -> None:
        """Have that replaced by one like the others."""
        await self.posts.replace(self.post)


@dataclass
class FailingHandlers:
    """At a post what happened can be read, and yet now and then not be handled."""

    posts: Posts
    post: str
    folder: Path
    seconds: float = 1.0
    how_often: float = 0.2
    """Seldom enough that nothing fails so often that it is parked."""
    name: str = "handlers that fail"
    _mark: Path | None = None

    async def start(self) -> None:
        """Have it replaced by one whose handlers fail."""
        self._mark = self.folder / f"{self.post}.{uuid4()}.failed"
        failing = Circumstances(failing=self.how_often, mark=str(self._mark))
        await self.posts.replace(self.post, failing)

    async def stop(self) -> None:
        """Wait until one has failed; replaced by one like the others. Raises `NotReached`."""
        assert self._mark
        try:
            async with asyncio.timeout(SECONDS_TO_REACH):
                while not self._mark.exists():
                    await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        except TimeoutError:
            raise NotReached(f"nothing failed at {self.post}") from None
        finally:
            await self.posts.replace(self.post)


@dataclass
class MovedClock:
    """The machine's time of one process jumps while it runs, and later jumps back."""

    posts: Posts
    post: str
    seconds: float
    ahead: float
    folder: Path

    @property
    def name(self) -> str:
        """By direction."""
        return "clock put ahead" if self.ahead > 0 else "clock put back"

    async def start(self) -> None:
        """Have it replaced by one whose clock can be moved; and move it a little later."""
        clock = self.folder / f"{self.post}.clock"
        clock.write_text("0")
        await self.posts.replace(self.post, Circumstances(clock=str(clock)))
        await asyncio.sleep(self.seconds / 3)
        clock.write_text(str(self.ahead))

    async def stop(self) -> None:
        """Right again."""
        (self.folder / f"{self.post}.clock").write_text("0")
        await asyncio.sleep(self.seconds / 3)
        await self.posts.replace(self.post)
