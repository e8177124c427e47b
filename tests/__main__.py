"""`python -m tests`: the whole suite, part by part, a few side by side; nothing is skipped.

A part is a process with servers of its own. Most wait now and then, so there is one more at a time
than there are cores. What a part said is shown when it has ended.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.played import PLAYED

ROOT = Path(__file__).parents[1]
APART = (
    ("tests/services/registration",),
    ("tests/journeys",),
    ("tests/messaging", "tests/journeys/foreign"),
    ("tests/browser",),
    ("tests/shared", "tests/services/embedded"),
    ("tests/journeys/hostile",),
    ("tests/faults", "tests/helm", "tests/encryption", "tests/servers"),
    ("tests/services/scheduling", "tests/rights"),
    ("tests/services/reporting", "tests/services/notifications"),
)
"""What takes long and waits much comes first; what is in none of them is one part more. A folder
that stands in two is run by the part that names it alone."""
MEMORY = Path("/dev/shm")
BYTES_WANTED = 8 * 2**30
NO_TESTS_RAN = 5


@dataclass(frozen=True, slots=True)
class Ended:
    """How a part ended: the exit code of pytest, what it said, and how long it took."""

    code: int
    said: str
    seconds: float


def main(options: Sequence[str]) -> int:
    """Run all; 0 when all passed. Options are pytest's, and go to every part."""
    started = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what one process compiled, the next ones read
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > BYTES_WANTED:
        os.environ.setdefault("TMPDIR", str(MEMORY))  # no server waits for a disk
    parts = {", ".join(folders): _only(folders) for folders in (*APART, ("tests",))}
    at_once = (os.cpu_count() or 1) + 1
    codes = []
    with (
        tempfile.TemporaryDirectory(prefix="cadre-played-") as played,
        ThreadPoolExecutor(at_once) as side_by_side,
    ):
        os.environ[PLAYED] = played
        running = {
            side_by_side.submit(_run, [*options, *arguments]): name
            for name, arguments in parts.items()
        }
        for one in as_completed(running):
            ended = one.result()
            codes.append(0 if ended.code == NO_TESTS_RAN and options else ended.code)
            told = f"tests: {running[one]}: {ended.seconds:.0f} s, exit code {ended.code}"
            print(ended.said, told, sep="\n", flush=True)
    seconds = time.monotonic() - started
    print(f"tests: {seconds:.0f} s in all, {len(codes)} parts, {at_once} at a time")
    return max(codes)


def _only(folders: Sequence[str]) -> list[str]:
    """These folders, without those within them that are parts of their own."""
    named = {folder for part in APART for folder in part} - set(folders)
    within = [one for one in named if any(one.startswith(f"{folder}/") for folder in folders)]
    return [*folders, *(f"--ignore={one}" for one in sorted(within))]


def _run(arguments: Sequence[str]) -> Ended:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--durations=8", "--durations-min=5", *arguments],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Ended(done.returncode, done.stdout, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
