"""The whole course, played once for all tests that look at how it ended, or how it went."""

import fcntl
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.programs import run
from tests.servers.ports import free_port

SECONDS_TO_PLAY = 300
PLAYED = "CADRE_TESTS_PLAYED"
"""Names the folder that the parts of a run share; by itself, a part has one of its own."""


@dataclass(frozen=True, slots=True)
class Played:
    """The folder of an installation in which the course was played, and the account of it."""

    folder: Path
    scenes: Path
    """Copies of the folder as it was on the way, by the step of the play that had just ended."""
    account: dict[str, Any]

    def copied_to(self, folder: Path) -> Path:
        """A copy for a test that changes it; nothing must serve the original."""
        shutil.copytree(self.folder, folder)
        return folder


def played_in(folder: Path) -> Played:
    """The course played in a folder, by the first of all processes that ask."""
    course, scenes, account = folder / "course", folder / "scenes", folder / "account.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not account.exists():
            options = ("--data", str(course), "--port", str(free_port()))
            told = play_the_course(*options, program=("tests.playing", str(scenes)))
            account.write_text(json.dumps(told))
    return Played(course, scenes, json.loads(account.read_text()))


def play_the_course(*options: str, program: Sequence[str] = ("deploy.demo",)) -> dict[str, Any]:
    """Play it with these options of `python -m deploy.demo`; the object on its last line.

    Whether something was lost is for the caller to look at.
    """
    done = run(*program, *options, seconds=SECONDS_TO_PLAY)
    last = done.stdout.splitlines()[-1:] or [""]
    assert last[0].startswith("{"), f"{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    return dict(json.loads(last[0]))


def without_seconds(account: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every play."""
    return {name: figure for name, figure in account.items() if name != "seconds"}
