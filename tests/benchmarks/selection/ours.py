"""Our lottery on pools, as a process of its own: a line of JSON in, one out.

Timed like the reference: the pool is read and the solver imported before. `seconds` is when the
least chance was settled and proved, all that the reference does (maximin); `seconds_leximin` when
all chances were, with tickets for the panels."""

import json
import sys
import time
from typing import Any
from uuid import UUID

from services.registration.domain.lottery.fair import fair_lottery
from services.registration.domain.lottery.leximin import Progress, Step
from services.registration.domain.lottery.published import Lottery
from services.registration.domain.programs import a_solver
from services.registration.domain.quotas import Candidate, Quota

EVERY = 5.0
"""Seconds between two lines of progress."""


def answer(asked: dict[str, Any]) -> dict[str, float]:
    """The least chance of anybody, the seconds, the panels, and the quotas that panels break."""
    field = [
        Candidate(UUID(int=number), "P", str(number), 1, traits_of(person))
        for number, person in enumerate(asked["people"])
    ]
    quotas = [
        Quota(f"c{category}", value, least, most)
        for category, values in enumerate(asked["quotas"])
        for value, (least, most) in values.items()
    ]
    started = time.perf_counter()
    told = Told(started)
    lottery = fair_lottery("POOL", asked["seats"], quotas, field, told)
    seconds = time.perf_counter() - started
    if not isinstance(lottery, Lottery):
        raise TypeError("this pool has no panel")
    return {
        "maximin": float(lottery.least_chance),
        "seconds": told.least_settled,
        "seconds_leximin": seconds,
        "panels": len(lottery.panels),
        "violations": violations(lottery, asked),
    }


def traits_of(person: list[str]) -> dict[str, str]:
    return {f"c{category}": value for category, value in enumerate(person)}


def violations(lottery: Lottery, asked: dict[str, Any]) -> int:
    """Counted person by person, whatever the lottery believes of its kinds."""
    broken = 0
    for one in lottery.panels:
        taken = [
            asked["people"][int(reference)]
            for kind, number in zip(lottery.kinds, one.panel, strict=True)
            for _, reference in kind.members[:number]
        ]
        broken += len(taken) != asked["seats"]
        for category, values in enumerate(asked["quotas"]):
            for value, (least, most) in values.items():
                broken += not least <= sum(person[category] == value for person in taken) <= most
    return broken


class Told:
    """Tells from time to time how far the search is, on the error output."""

    def __init__(self, started: float) -> None:
        self.started = self.last = started
        self.least_settled = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.perf_counter()
        if progress.step is not Step.OTHERS:
            self.least_settled = now - self.started
        if now - self.last < EVERY:
            return
        self.last = now
        done = (
            f"{progress.step}: {progress.done:.5g} of {progress.aim:.5g}, {progress.panels} panels"
        )
        sys.stderr.write(f"  after {now - self.started:.0f} s: {done}\n")


if __name__ == "__main__":
    a_solver({})
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()
