"""Made-up pools: people with a value in each of several categories, and a quota for each value."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod
from random import Random

VALUES = (2, 3, 4, 5, 6, 3, 4)
"""How many values each category has."""


@dataclass(frozen=True)
class Pool:
    """`people[n][category]` is a value, `quotas[category][value]` its minimum and maximum."""

    name: str
    seats: int
    people: Sequence[Sequence[str]]
    quotas: Sequence[dict[str, tuple[int, int]]]


def a_pool(people: int, seats: int, categories: int, seed: int) -> Pool:
    """A pool that leans another way than its quotas do, as those who volunteer lean.

    The quotas are what one panel of it has, drawn by other weights: minimum and maximum are the
    same, and there is a panel that keeps them."""
    chance = Random(seed)
    values = VALUES[:categories]
    leaning = [[chance.uniform(0.5, 3) for _ in range(number)] for number in values]
    everyone = [[f"v{drawn(chance, by)}" for by in leaning] for _ in range(people)]
    wanted = [[chance.uniform(0.5, 2) for _ in range(number)] for number in values]
    weights = [
        prod(by[int(value[1:])] for value, by in zip(person, wanted, strict=True))
        for person in everyone
    ]
    panel = some_of(chance, everyone, weights, seats)
    quotas = [
        {f"v{value}": exactly(panel, category, f"v{value}") for value in range(number)}
        for category, number in enumerate(values)
    ]
    name = f"{people} people, {seats} seats, {categories} categories"
    return Pool(f"{name} (seed {seed})", seats, everyone, quotas)


def exactly(panel: Sequence[Sequence[str]], category: int, value: str) -> tuple[int, int]:
    number = sum(person[category] == value for person in panel)
    return number, number


def some_of(
    chance: Random, everyone: Sequence[Sequence[str]], weights: Sequence[float], number: int
) -> list[Sequence[str]]:
    """So many different people, one after the other, by weight."""
    left = list(range(len(everyone)))
    return [
        everyone[left.pop(drawn(chance, [weights[one] for one in left]))] for _ in range(number)
    ]


def drawn(chance: Random, weights: Sequence[float]) -> int:
    return chance.choices(range(len(weights)), cum_weights=list(accumulate(weights)))[0]
