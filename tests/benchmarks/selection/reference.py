"""Run by the interpreter of `.venv-bench`: the maximin of `sortition-algorithms` on pools.

A line of JSON in, one out: the least chance of anybody who is in a panel, and the seconds that the
package took for the distribution, once imported and once it had read the pool."""

import contextlib
import json
import random
import sys
import time
from typing import Any

from sortition_algorithms import Settings, read_in_features, read_in_people
from sortition_algorithms.committee_generation import find_distribution_maximin


def answer(asked: dict[str, Any]) -> dict[str, float]:
    """As the package does it by itself, with the solver that it takes by itself."""
    random.seed(1)
    features, people = as_the_package_reads(asked)
    started = time.perf_counter()
    panels, chances, _ = find_distribution_maximin(features, people, asked["seats"], [])
    seconds = time.perf_counter() - started
    of_person: dict[str, float] = {}
    for panel, chance in zip(panels, chances, strict=True):
        for person in panel:
            of_person[person] = of_person.get(person, 0.0) + chance
    return {"maximin": min(of_person.values()), "seconds": seconds, "panels": len(panels)}


def as_the_package_reads(asked: dict[str, Any]) -> tuple[Any, Any]:
    names = [f"c{category}" for category in range(len(asked["quotas"]))]
    rows = [
        {"feature": name, "value": value, "min": str(least), "max": str(most)}
        for name, values in zip(names, asked["quotas"], strict=True)
        for value, (least, most) in values.items()
    ]
    features, *_ = read_in_features(["feature", "value", "min", "max"], rows)
    settings = Settings(id_column="id", columns_to_keep=[], selection_algorithm="maximin")
    everyone = [
        {"id": str(number), **dict(zip(names, person, strict=True))}
        for number, person in enumerate(asked["people"])
    ]
    people, *_ = read_in_people(["id", *names], everyone, features, settings)
    return features, people


if __name__ == "__main__":
    for line in sys.stdin:
        with contextlib.redirect_stdout(sys.stderr):
            found = answer(json.loads(line))
        sys.stdout.write(f"\n{json.dumps(found)}\n")
        sys.stdout.flush()
