"""The processes of an installation: each is started again when it ends, as a server would do."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.faults.circumstances import Circumstances, live_in
from tests.faults.spans import Noted
from tests.programs import First, Program, forked

SECONDS_TO_LIVE = 60
SECONDS_TO_DIE = 30
SECONDS_UNTIL_STARTED_AGAIN = 0.1
SECONDS_AFTER_AN_END_OF_ITS_OWN = 1.0
STEADY = Circumstances()
CRASH_AT = "CADRE_CRASH_AT"


@dataclass(frozen=True)
class Post:
    """What one process is there for: `python -m MODULE ARGUMENTS`."""

    name: str
    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Posts:
    """All processes of an installation, by name."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._living: dict[str, Program] = {}
        self._next_life: dict[str, tuple[Circumstances, Mapping[str, str]]] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._killed: set[int] = set()
        self.ended_by_themselves: list[Noted] = []
        """Who ended though nobody killed it, and no crash point was set."""

    async def fill(self, post: Post) -> None:
        """Have a post filled from now on."""
        self._keepers[post.name] = asyncio.create_task(self._keep(post))
        await self.wait_until_living(post.name)

    async def run(self, post: Post) -> int:
        """Have something done once; its exit code."""
        return await (await self._start(post, STEADY, {})).wait()

    @property
    def names(self) -> list[str]:
        """The names of all posts."""
        return list(self._keepers)

    def number_of(self, name: str) -> int:
        """The process at a post now; 0 for none."""
        return self._living[name].pid if name in self._living else 0

    def signal(self, name: str, number: signal.Signals) -> int:
        """Send a signal to who is there; the process it was sent to, 0 for none."""
        living = self._living.get(name)
        if living is None:
            return 0
        living.send_signal(number)
        return living.pid

    async def replace(
        self, name: str, circumstances: Circumstances = STEADY, **environment: str
    ) -> Program:
        """Kill who is there, and have the next live in these circumstances; that one."""
        self._next_life[name] = circumstances, environment
        await self.kill(name)
        return await self.wait_until_living(name)

    async def kill(self, name: str) -> None:
        """End who is there at once."""
        living = self._living.get(name)
        if living is not None:
            self._killed.add(living.pid)
            living.kill()
            await asyncio.wait_for(living.wait(), SECONDS_TO_DIE)
            while self._living.get(name) is living:
                await asyncio.sleep(0.001)

    async def wait_until_living(self, name: str) -> Program:
        """The process at a post, once there is one."""
        async with asyncio.timeout(SECONDS_TO_LIVE):
            while name not in self._living:
                await asyncio.sleep(0.01)
        return self._living[name]

    async def close(self) -> None:
        """Nobody is replaced any more; everybody ends."""
        for keeper in self._keepers.values():
            keeper.cancel()
        await asyncio.gather(*self._keepers.values(), return_exceptions=True)
        for living in self._living.values():
            living.kill()
            await asyncio.wait_for(living.wait(), SECONDS_TO_DIE)

    async def _keep(self, post: Post) -> None:
        while True:
            circumstances, more = self._next_life.pop(post.name, (STEADY, {}))
            living = self._living[post.name] = await self._start(post, circumstances, more)
            code = await living.wait()
            del self._living[post.name]
            if living.pid not in self._killed and (code != -signal.SIGKILL or CRASH_AT not in more):
                self.ended_by_themselves.append(Noted(f"{post.name} ended with {code}"))
                await asyncio.sleep(SECONDS_AFTER_AN_END_OF_ITS_OWN)
            await asyncio.sleep(SECONDS_UNTIL_STARTED_AGAIN)

    async def _start(
        self, post: Post, circumstances: Circumstances, more: Mapping[str, str]
    ) -> Program:
        settings = {**os.environ, **post.environment, **more}
        first = First(live_in, asdict(circumstances))
        with (self._logs / f"{post.name}.log").open("ab") as log:
            return await asyncio.to_thread(
                forked,
                post.module,
                *post.arguments,
                environment=settings,
                stdout=log,
                stderr=log,
                first=first,
            )


@asynccontextmanager
async def posts(logs: Path) -> AsyncIterator[Posts]:
    """Posts to fill; what each process says goes to a file of its name."""
    made = Posts(logs)
    try:
        yield made
    finally:
        await made.close()
