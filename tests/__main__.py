"""`python -m tests`: the whole suite, in a few processes side by side; nothing is skipped.

Whole courses and pages wait more than they compute, so they run beside the rest, and so do the two
largest services. What the first process says is shown as it goes; the others follow at the end.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
APART = (
    ("tests/journeys", "tests/browser"),
    ("tests/services/registration", "tests/services/scheduling"),
)
NO_TESTS_RAN = 5


def main(options: Sequence[str]) -> int:
    """Run all; 0 when all passed. Options are pytest's, and go to every process."""
    started = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what one process compiled, the next ones read
    beside = [_start([*options, *folders]) for folders in APART]
    left = [f"--ignore={folder}" for folders in APART for folder in folders]
    rest = subprocess.run([*_pytest(options), "tests", *left], cwd=ROOT, check=False)
    codes = [rest.returncode, *(_finish(process, said) for process, said in beside)]
    seconds = time.monotonic() - started
    sys.stdout.write(f"tests: {seconds:.0f} s in all, {len(codes)} processes side by side\n")
    return max(0 if code == NO_TESTS_RAN and options else code for code in codes)


def _start(options: Sequence[str]) -> tuple[subprocess.Popen[bytes], IO[str]]:
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when it was shown
    process = subprocess.Popen(_pytest(options), cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
    return process, said


def _finish(process: subprocess.Popen[bytes], said: IO[str]) -> int:
    code = process.wait()
    with said:
        said.seek(0)
        sys.stdout.write(said.read())
    return code


def _pytest(options: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", *options]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
