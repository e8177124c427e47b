"""`python -m tests.playing SCENES …`: plays the course as `deploy.demo …` does, and keeps a copy of
its folder as it was after each step at which a test looks: SCENES/<name of the step>. Beside it
stands in SCENES/<name of the step>.json what the players know by then, and where they played."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from functools import wraps
from pathlib import Path

from deploy.demo import __main__ as demo
from deploy.demo import play
from deploy.demo.acts import holding, nominating, preparing
from deploy.demo.stage import Stage

SCENES = (
    preparing.open_the_call,
    nominating.nominate_singly,
    nominating.select_the_panel,
    nominating.fill_the_freed_seat,
    holding.hold_the_days,
)
KNOWN = ("project_id", "activity_id", "call_id", "persons", "sessions")
NOT_COPIED = ("*.sqlite", "*.sqlite-*", "serve.lock")


def main(scenes: Path, arguments: Sequence[str]) -> int:
    """Play, and remember; the exit code."""
    folder = Path(arguments[arguments.index("--data") + 1])
    play.ACTS = [
        (title, [_remembered(step, folder, scenes) for step in steps]) for title, steps in play.ACTS
    ]
    return demo.main(arguments)


def copy_installation(folder: Path, copy: Path) -> None:
    """Copy a folder that is being served, at a moment when nothing is on its way in it."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    for file in folder.glob("*.sqlite"):
        source, target = sqlite3.connect(file), sqlite3.connect(copy / file.name)
        source.backup(target)
        source.close()
        target.close()


def _remembered(step: play.Step, folder: Path, scenes: Path) -> play.Step:
    """The step, after which the folder is copied when everything that it caused is done."""
    if step not in SCENES:
        return step

    @wraps(step)
    def and_copy(stage: Stage) -> None:
        step(stage)
        stage.story.settle()
        copy_installation(folder, scenes / step.__name__)
        known = {name: getattr(stage, name) for name in KNOWN}
        kept = {"origin": stage.cast.origin, "stage": known}
        (scenes / f"{step.__name__}.json").write_text(json.dumps(kept))

    return and_copy


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
