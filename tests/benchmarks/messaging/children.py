"""The processes of a contender: started, asked to import, and told to stop."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
SECONDS_TO_STOP = 30


@asynccontextmanager
async def child(
    module: str,
    *arguments: str,
    python: str | Path = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Process]:
    """A Python process at work inside; told to stop afterwards, and waited for."""
    process = await asyncio.create_subprocess_exec(
        python,
        "-m",
        module,
        *arguments,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield process
    finally:
        await _stop(process)


async def have_imported(importer: Process, number: int) -> tuple[float, float]:
    """Have an importer import so many; when it began, and when all was committed."""
    assert importer.stdin is not None
    assert importer.stdout is not None
    importer.stdin.write(f"{number}\n".encode())
    await importer.stdin.drain()
    said = json.loads(await importer.stdout.readline())
    return said["began"], said["committed"]


async def _stop(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(SECONDS_TO_STOP):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
