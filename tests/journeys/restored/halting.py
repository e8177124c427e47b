"""`python -m tests.journeys.restored.halting HALF GO …`: plays the course as `deploy.demo …` does,
and halts half way: makes the file HALF, and goes on when there is a file GO."""

import sys
import time
from collections.abc import Sequence
from functools import wraps
from pathlib import Path

from deploy.demo import __main__ as demo
from deploy.demo import play
from deploy.demo.acts import nominating
from deploy.demo.stage import Stage

HALF_WAY = nominating.select_the_panel
SECONDS_TO_WAIT = 180.0


def main(half: Path, go: Path, arguments: Sequence[str]) -> int:
    """Play; the exit code."""
    play.ACTS = [
        (title, [_halting(step, half, go) if step is HALF_WAY else step for step in steps])
        for title, steps in play.ACTS
    ]
    return demo.main(arguments)


def _halting(step: play.Step, half: Path, go: Path) -> play.Step:
    @wraps(step)
    def and_halt(stage: Stage) -> None:
        step(stage)
        stage.story.settle()
        half.touch()
        give_up_at = time.monotonic() + SECONDS_TO_WAIT
        while not go.exists():
            if time.monotonic() > give_up_at:
                raise TimeoutError(go)
            time.sleep(0.1)

    return and_halt


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
