"""Half way through the course everything is destroyed and restored; it goes on to the same end,
though its server is killed again and again."""

import asyncio
import json
import random
import shutil
import stat
from pathlib import Path
from subprocess import DEVNULL

import pytest

from tests.journeys.canonical import differences
from tests.played import Played, play_the_course, without_seconds
from tests.programs import Program, forked
from tests.servers.ports import free_port
from tests.services.embedded.served import command, token, until_ready

HALF_WAY = "select_the_panel"
KILLS = 3


@pytest.mark.timeout(600)
async def test_story_goes_on_to_the_same_end_in_what_was_restored(
    played_course: Played, tmp_path: Path
) -> None:
    folder, sealed = tmp_path / "course", tmp_path / "course.backup"
    kept, deaths = played_course.scenes / f"{HALF_WAY}.json", random.Random(7)
    await asyncio.to_thread(shutil.copytree, played_course.scenes / HALF_WAY, folder)
    origin = json.loads(kept.read_text())["origin"]  # where the links in mails lead
    place = f"http://127.0.0.1:{free_port()}"
    server = await started(folder, place, origin)
    options = ("--origin", origin, "--through", place, "--admin-token", token(folder, "admin"))

    backed_up = await command("backup", "--data", str(folder), "--to", str(sealed))
    server.kill()
    await server.wait()
    await asyncio.to_thread(shutil.rmtree, folder)
    restored = await command("restore", "--data", str(folder), "--from", str(sealed))
    server = await started(folder, place, origin)
    healthy = await command("doctor", "--data", str(folder))
    program = ("tests.journeys.restored.resuming", str(kept))
    playing = asyncio.create_task(asyncio.to_thread(play_the_course, *options, program=program))
    for _ in range(KILLS):
        await asyncio.wait([playing], timeout=deaths.uniform(2, 4))
        server.kill()
        await server.wait()
        server = await started(folder, place, origin)
    account = await playing
    server.terminate()
    await asyncio.wait_for(server.wait(), 60)

    assert [code for code, *_ in (backed_up, restored, healthy)] == [0, 0, 0], healthy[1]
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert without_seconds(account) == without_seconds(played_course.account)
    assert differences(played_course.folder, folder) == []


async def started(folder: Path, place: str, origin: str) -> Program:
    """A server of a folder, ready at a place that stands for an origin."""
    port = place.rpartition(":")[2]
    arguments = ("serve", "--data", str(folder), "--port", port, "--origin", origin)
    server = await asyncio.to_thread(forked, "services", *arguments, stderr=DEVNULL)
    await until_ready(place)
    return server
