"""Half way through the course everything is destroyed and restored; it goes on to the same end,
though its server is killed again and again."""

import asyncio
import random
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.embedded.installation import make_installation
from tests.journeys.canonical import differences
from tests.journeys.test_the_course import started
from tests.played import Played, free_port, play_the_course, without_seconds
from tests.services.embedded.served import command, token

STORY_BEGINS = datetime(2018, 3, 1, 8, tzinfo=UTC)
SECONDS_TO_HALF_WAY = 180
KILLS = 3


@pytest.mark.timeout(600)
async def test_story_goes_on_to_the_same_end_in_what_was_restored(
    played_course: Played, tmp_path: Path
) -> None:
    folder, sealed = tmp_path / "course", tmp_path / "course.backup"
    half, go, deaths = tmp_path / "half", tmp_path / "go", random.Random(7)
    await asyncio.to_thread(make_installation, folder, STORY_BEGINS)
    origin = f"http://127.0.0.1:{free_port()}"
    server = await started(folder, origin)
    options = ("--origin", origin, "--admin-token", token(folder, "admin"))
    program = ("tests.journeys.restored.halting", str(half), str(go))
    playing = asyncio.create_task(asyncio.to_thread(play_the_course, *options, program=program))
    await until(half, playing)

    backed_up = await command("backup", "--data", str(folder), "--to", str(sealed))
    server.kill()
    await server.wait()
    await asyncio.to_thread(shutil.rmtree, folder)
    restored = await command("restore", "--data", str(folder), "--from", str(sealed))
    server = await started(folder, origin)
    healthy = await command("doctor", "--data", str(folder))
    go.touch()
    for _ in range(KILLS):
        await asyncio.wait([playing], timeout=deaths.uniform(2, 4))
        server.kill()
        await server.wait()
        server = await started(folder, origin)
    account = await playing
    server.terminate()
    await asyncio.wait_for(server.wait(), 60)

    assert [code for code, *_ in (backed_up, restored, healthy)] == [0, 0, 0], healthy[1]
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert without_seconds(account) == without_seconds(played_course.account)
    assert differences(played_course.folder, folder) == []


async def until(file: Path, playing: asyncio.Task[dict[str, object]]) -> None:
    """Wait until a file is there."""
    async with asyncio.timeout(SECONDS_TO_HALF_WAY):
        while not await asyncio.to_thread(file.exists):
            assert not playing.done(), playing.result()
            await asyncio.sleep(0.1)
