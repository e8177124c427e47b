"""`python -m tests.journeys.restored.resuming KEPT …`: goes on with the course as `deploy.demo …`
plays it, from the scene whose stage was kept in this file."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from itertools import chain, dropwhile
from pathlib import Path

from deploy.demo import __main__ as demo
from deploy.demo import play
from deploy.demo.stage import Stage


def main(kept: Path, arguments: Sequence[str]) -> int:
    """Play the rest; the exit code."""
    steps = chain.from_iterable(steps for _, steps in play.ACTS)
    _, *rest = dropwhile(lambda step: step.__name__ != kept.stem, steps)
    play.ACTS = [("After the loss", [partial(_remember, kept), *rest])]
    return demo.main(arguments)


def _remember(kept: Path, stage: Stage) -> None:
    for name, known in json.loads(kept.read_text())["stage"].items():
        setattr(stage, name, known)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
