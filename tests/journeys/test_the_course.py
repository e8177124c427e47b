"""The whole course, from nomination to report, as a visitor plays it: whatever deliveries do."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.canonical import differences
from tests.services.embedded.served import free_port, token, until_ready

ROOT = Path(__file__).parents[2]
COUNTED_BY_CHANCE = ("seconds",)


async def test_the_course_ends_with_everything_accounted_for(tmp_path: Path) -> None:
    told = await played(tmp_path / "plain", "--port", str(free_port()))

    assert (told["countries"], told["selected"], told["confirmed"]) == (9, 25, 25)
    assert (told["declined"], told["completed"], told["certificates"]) == (1, 25, 25)
    assert told["nominated"] == told["selected"] + told["waitlisted"] > 25
    assert told["women"] >= 8
    assert (told["lost"], told["doubled"], told["unsettled"]) == (0, 0, 0)


@pytest.mark.timeout(600)
async def test_shuffled_doubled_and_delayed_deliveries_end_in_the_same_state(
    tmp_path: Path,
) -> None:
    plain = await played(tmp_path / "plain", "--port", str(free_port()))

    for seed in ("1", "2"):
        folder = tmp_path / f"seed-{seed}"
        async with shuffled(folder, seed) as (origin, token):
            told = await played(folder, "--origin", origin, "--admin-token", token)
        assert without_chance(told) == without_chance(plain)
        assert differences(tmp_path / "plain", folder) == []


async def played(folder: Path, *options: str) -> dict[str, Any]:
    """Play the course; the object on the last line of what was said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "deploy.demo",
        *(options if "--origin" in options else ("--data", str(folder), *options)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()[-3000:]
    return dict(json.loads(said.decode().splitlines()[-1]))


@asynccontextmanager
async def shuffled(folder: Path, seed: str) -> AsyncIterator[tuple[str, str]]:
    """A server whose deliveries are disturbed; its origin, and an admin's token."""
    port = free_port()
    command = ["-m", "tests.journeys.shuffled_server", str(folder), str(port), seed]
    server = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT)
    try:
        await until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}", token(folder, "admin")
    finally:
        server.send_signal(signal.SIGTERM)
        await asyncio.wait_for(server.wait(), 60)


def without_chance(told: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every play."""
    return {name: figure for name, figure in told.items() if name not in COUNTED_BY_CHANCE}
