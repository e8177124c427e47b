"""Quotas weighed by counts alone: how many of each kind there are, not who.

Counts stand in the order of the quotas."""

from collections.abc import Mapping, Sequence

from .panels import program_of
from .quotas import (
    SEATS,
    Bound,
    Obstacle,
    Quota,
    obstacle,
)

Kind = tuple[int, ...]
"""The places of the quotas that count an officer."""


def more_than_seats(
    free: int, remaining: Sequence[Quota], kinds: Mapping[Kind, int]
) -> tuple[Obstacle, ...]:
    """Minima of one dimension that ask for more than the free seats, where nobody counts twice.

    The plain case, seen at once; empty: it is not so plain."""
    there = there_are(remaining, kinds)
    of_dimension: dict[str, list[int]] = {}
    for place, one in enumerate(remaining):
        of_dimension.setdefault(one.dimension, []).append(place)
    for places in of_dimension.values():
        if sum(remaining[place].minimum for place in places) <= free:
            continue
        counts_once = all(len({*kind} & {*places}) < 2 for kind, number in kinds.items() if number)
        asked: list[int] = []
        for place in sorted(places, key=lambda one: -remaining[one].minimum):
            asked.append(place)
            if (counts_once or len(asked) == 1) and sum(
                remaining[one].minimum for one in asked
            ) > free:
                everybody = sum(kinds.values())
                seats = Obstacle(SEATS, "", Bound.MAXIMUM, free, everybody)
                found = [obstacle(remaining[one], Bound.MINIMUM, there[one]) for one in asked]
                return (seats, *found)
    return ()


def can_be_reached(
    free: int, remaining: Sequence[Quota], kinds: Mapping[Kind, int], at_least: int = 0
) -> bool:
    """Whether `at_least` so many and at most `free` of these kinds can keep what remains."""
    there = there_are(remaining, kinds)
    if any(number < one.minimum for number, one in zip(there, remaining, strict=True)):
        return False
    if at_least == 0 and all(one.minimum == 0 for one in remaining):
        return True
    counts = [(kind, number) for kind, number in kinds.items() if number]
    program = program_of(free, remaining, counts)
    program.keep(range(len(counts)), at_least, free)
    return program.greatest({}) is not None


def there_are(quotas: Sequence[Quota], kinds: Mapping[Kind, int]) -> list[int]:
    """How many of these kinds each quota counts."""
    there = [0] * len(quotas)
    for kind, number in kinds.items():
        for place in kind:
            there[place] += number
    return there
