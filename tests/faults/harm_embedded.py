"""What is done to an installation in one process: each thing once, and then anything at random."""

import random
from collections.abc import Iterator, Sequence

from .embedded import HOUSE, Embedded
from .nemeses.disk import FullDisk
from .nemeses.lives import FailingHandlers, MovedClock, SlowConsumer
from .nemeses.nemesis import Nemesis
from .nemeses.processes import CrashPoint, Kill, Pause
from .nemeses.queue import FileHeld, QueueDoubled, QueuePoisoned

CRASH_POINTS = (
    "before-publish",
    "after-publish",
    "after-forgetting",
    "before-handling",
    "after-handling",
    "before-acknowledging",
    "after-acknowledging",
    "before-job",
    "before-send",
    "after-send",
    "before-job-recorded",
    "after-job",
)
FILES = ("registration", "scheduling", "notifications", "reporting", "queue")
AHEAD = 60.0
"""Seconds: far beyond every lease, and soon over for what was planned meanwhile."""


def each_once(at: Embedded, choice: random.Random) -> Sequence[Nemesis]:
    """Every crash point, and one of each other kind, in some order."""
    nemeses: list[Nemesis] = [CrashPoint(at.posts, HOUSE, one, at.logs) for one in CRASH_POINTS]
    nemeses += [
        Kill(at.posts, HOUSE),
        Pause(at.posts, HOUSE, 1.0),
        SlowConsumer(at.posts, HOUSE, 1.0, 0.1),
        FailingHandlers(at.posts, HOUSE, at.logs),
        QueueDoubled(at.files, 1.0),
        QueuePoisoned(at.files, 1.0),
        FileHeld(at.files, choice.choice(FILES), 1.0),
    ]
    choice.shuffle(nemeses)
    return nemeses


def once_in_a_soak(at: Embedded, choice: random.Random, *, is_small: bool) -> Sequence[Nemesis]:
    """What takes longer, once; with `is_small` its disk can be filled."""
    nemeses: list[Nemesis] = [_moved_clock(at, ahead) for ahead in (AHEAD, -AHEAD)]
    if is_small:
        nemeses.append(FullDisk(at.folder))
    choice.shuffle(nemeses)
    return nemeses


def at_random(at: Embedded, choice: random.Random, *, is_small: bool) -> Iterator[Nemesis]:
    """Without end; with `is_small` its disk can be filled."""
    while True:
        seconds = choice.uniform(0.3, 6.0)
        kinds: list[Nemesis] = [
            CrashPoint(at.posts, HOUSE, choice.choice(CRASH_POINTS), at.logs),
            Kill(at.posts, HOUSE, choice.uniform(0.3, 2.0)),
            Pause(at.posts, HOUSE, seconds),
            SlowConsumer(at.posts, HOUSE, seconds, 0.2),
            FailingHandlers(at.posts, HOUSE, at.logs),
            QueueDoubled(at.files, seconds),
            QueuePoisoned(at.files, seconds),
            FileHeld(at.files, choice.choice(FILES), seconds),
            _moved_clock(at, choice.choice((AHEAD, -AHEAD))),
        ]
        if is_small:
            kinds.append(FullDisk(at.folder, seconds))
        yield choice.choice(kinds)


def _moved_clock(at: Embedded, ahead: float) -> Nemesis:
    return MovedClock(at.posts, HOUSE, 4.5, ahead, at.logs)
