"""The processes of an installation: each is started again when it ends, as a server would do."""

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.circumstances import Circumstances

ROOT = Path(__file__).parents[2]
SECONDS_TO_LOAD = 60
SECONDS_TO_DIE = 30
SECONDS_UNTIL_STARTED_AGAIN = 0.1
SECONDS_AFTER_AN_END_OF_ITS_OWN = 1.0
STEADY = Circumstances()


@dataclass(frozen=True)
class Post:
    """What one process is there for: `python -m MODULE ARGUMENTS`."""

    name: str
    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Posts:
    """All processes of an installation, by name."""

    def __init__(self, nursery: asyncio.subprocess.Process, logs: Path) -> None:
        self._nursery = nursery
        self._logs = logs
        self._numbers = itertools.count()
        self._births: dict[int, asyncio.Future[int]] = {}
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._living: dict[str, int] = {}
        self._next_life: dict[str, tuple[Circumstances, Mapping[str, str]]] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self.ended_by_themselves: list[str] = []

    async def fill(self, post: Post) -> None:
        """Have a post filled from now on."""
        self._keepers[post.name] = asyncio.create_task(self._keep(post))
        await self.wait_until_living(post.name)

    async def run(self, post: Post) -> int:
        """Have something done once; its exit code."""
        return await self._ends[await self._start(post, STEADY, {})]

    @property
    def names(self) -> list[str]:
        """The names of all posts."""
        return list(self._keepers)

    def number_of(self, name: str) -> int:
        """The process at a post now; 0 for none."""
        return self._living.get(name, 0)

    def signal(self, name: str, number: signal.Signals) -> int:
        """Send a signal to who is there; the process it was sent to, 0 for none."""
        living = self.number_of(name)
        if living:
            with suppress(ProcessLookupError):
                os.kill(living, number)
        return living

    async def replace(
        self, name: str, circumstances: Circumstances = STEADY, **environment: str
    ) -> asyncio.Future[int]:
        """Kill who is there, and have the next live in these circumstances; how that one ends."""
        self._next_life[name] = circumstances, environment
        await self.kill(name)
        return self._ends[await self.wait_until_living(name)]

    async def kill(self, name: str) -> None:
        """End who is there at once."""
        living = self.number_of(name)
        end = self._ends.get(living)
        if end and not end.done():
            self.signal(name, signal.SIGKILL)
            await asyncio.wait_for(asyncio.shield(end), SECONDS_TO_DIE)
            while self.number_of(name) == living:
                await asyncio.sleep(0)

    async def wait_until_living(self, name: str) -> int:
        """The process at a post, once there is one."""
        async with asyncio.timeout(SECONDS_TO_LOAD):
            while not self.number_of(name):
                await asyncio.sleep(0.01)
        return self.number_of(name)

    async def close(self) -> None:
        """Nobody is replaced any more; everybody ends."""
        for keeper in self._keepers.values():
            keeper.cancel()
        await asyncio.gather(*self._keepers.values(), return_exceptions=True)
        if self._nursery.stdin:
            self._nursery.stdin.close()
        await asyncio.wait_for(self._nursery.wait(), SECONDS_TO_DIE)

    async def listen(self) -> None:
        """Hear what the nursery tells, until it ends."""
        assert self._nursery.stdout
        async for line in self._nursery.stdout:
            told: dict[str, Any] = json.loads(line)
            if "born" in told:
                self._ends[told["born"]] = asyncio.get_running_loop().create_future()
                _answer(self._births.pop(told["order"]), told["born"])
            elif "ended" in told:
                _answer(self._ends[told["ended"]], told["code"])

    async def _keep(self, post: Post) -> None:
        while True:
            circumstances, more = self._next_life.pop(post.name, (STEADY, {}))
            living = self._living[post.name] = await self._start(post, circumstances, more)
            code = await self._ends[living]
            del self._living[post.name]
            if code != -signal.SIGKILL:
                self.ended_by_themselves.append(f"{post.name}: {code}")
                await asyncio.sleep(SECONDS_AFTER_AN_END_OF_ITS_OWN)
            await asyncio.sleep(SECONDS_UNTIL_STARTED_AGAIN)

    async def _start(
        self, post: Post, circumstances: Circumstances, more: Mapping[str, str]
    ) -> int:
        number = next(self._numbers)
        birth = self._births[number] = asyncio.get_running_loop().create_future()
        order = {
            "number": number,
            "module": post.module,
            "arguments": list(post.arguments),
            "environment": {**post.environment, **more},
            "circumstances": asdict(circumstances),
            "log": str(self._logs / f"{post.name}.log"),
        }
        assert self._nursery.stdin
        self._nursery.stdin.write(json.dumps(order).encode() + b"\n")
        await self._nursery.stdin.drain()
        return await asyncio.wait_for(birth, SECONDS_TO_LOAD)


def _answer(waited_for: asyncio.Future[int], answer: int) -> None:
    """Nobody may wait for it any more."""
    if not waited_for.done():
        waited_for.set_result(answer)


@asynccontextmanager
async def posts(logs: Path) -> AsyncIterator[Posts]:
    """Posts to fill; what each process says goes to a file of its name."""
    with (logs / "nursery.log").open("ab") as log:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.nursery"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    made = Posts(nursery, logs)
    assert nursery.stdout
    await asyncio.wait_for(nursery.stdout.readline(), SECONDS_TO_LOAD)
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        await made.close()
        await listening
