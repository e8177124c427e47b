"""An installation served by a process of its own, as its users meet it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

import httpx

from deploy.demo.connection import authorities
from services.embedded.installation import open_installation
from shared.web.tokens import Role, issue, subject_of
from tests.programs import Program, forked, run
from tests.servers.ports import free_port

ROOT = Path(__file__).parents[3]
STORY = ("--story", "2018-03-01T08:00:00Z")


@dataclass(frozen=True, slots=True)
class Served:
    """Where an installation answers, and its folder."""

    origin: str
    folder: Path
    process: Program


@asynccontextmanager
async def served(folder: Path, *options: str, log: Path | None = None) -> AsyncIterator[Served]:
    """Serve a folder until the end of the block; what the server says goes to the log."""
    port = free_port()
    arguments = ["serve", "--data", str(folder), "--port", str(port), *options]
    with log.open("ab") if log else nullcontext(DEVNULL) as lines:
        process = await asyncio.to_thread(forked, "services", *arguments, stderr=lines)
    try:
        await until_ready(f"http://127.0.0.1:{port}")
        yield Served(f"http://127.0.0.1:{port}", folder, process)
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), 60)


async def command(*arguments: str) -> tuple[int, str, str]:
    """Run `python -m services …`; exit code, what it printed, what it complained of."""
    done = await asyncio.to_thread(run, "services", *arguments)
    return done.returncode, done.stdout, done.stderr


def token(folder: Path, role: Role, *, party: str | None = None) -> str:
    """A bearer token of the folder's own issuer, as the command would print it."""
    subject = subject_of(role, party)
    issuer = open_installation(folder).issuer()
    return issue(issuer, subject=subject, role=role, party=party, seconds=600)


async def until_ready(origin: str, *, seconds: float = 30) -> None:
    """Wait for a server, at most half a minute unless told."""
    async with asyncio.timeout(seconds), httpx.AsyncClient(verify=authorities()) as client:
        while True:
            try:
                if (await client.get(f"{origin}/health/ready")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
