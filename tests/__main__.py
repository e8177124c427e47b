"""`python -m tests`: the whole suite, in two processes side by side; nothing is skipped.

What plays whole courses and opens pages waits more than it computes, so it runs beside the rest.
What the rest says is shown as it goes; what the journeys say follows at the end.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLAYS = ("tests/journeys", "tests/browser")
NO_TESTS_RAN = 5


def main(options: Sequence[str]) -> int:
    """Run both; 0 when both passed. Options are pytest's, and go to both."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        plays = subprocess.Popen(
            [*_pytest(options), *PLAYS], cwd=ROOT, stdout=said, stderr=subprocess.STDOUT
        )
        apart = [f"--ignore={folder}" for folder in PLAYS]
        rest = subprocess.run([*_pytest(options), "tests", *apart], cwd=ROOT, check=False)
        codes = [rest.returncode, plays.wait()]
        said.seek(0)
        sys.stdout.write(said.read())
    seconds = time.monotonic() - started
    sys.stdout.write(f"tests: {seconds:.0f} s in all, journeys and pages beside the rest\n")
    return max(0 if code == NO_TESTS_RAN and options else code for code in codes)


def _pytest(options: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", *options]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
