"""Chances for panels, as equal for everybody as the quotas allow: maximin, then leximin.

By column generation (Flanigan et al., Fair algorithms for selecting citizens' assemblies, Nature
2021), with a short cut: the ideal of divisible officers is aimed at first. Panels that share it out
as it is are the fairest there are, and no integer program has to prove it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from random import Random

from .ideal import ideal_numbers, who_is_possible
from .mixture import Mixed, Mixture
from .search import Panel, Search

TOLERANCE = 1e-7
AIMED_AT = 1e-6


@dataclass(frozen=True)
class Progress:
    """How far the search has come: the panels found, and the part of what is aimed at."""

    panels: int
    least: float
    aim: float


@dataclass(frozen=True)
class Shares:
    """Panels with chances that add up to 1; the kinds that are in no panel at all."""

    panels: Sequence[Panel]
    chances: Sequence[float]
    impossible: frozenset[int]


Told = Callable[[Progress], None]


def fairest(search: Search, told: Told) -> Shares:
    """The fairest shares within about 1e-6. Whatever `told` raises ends the search."""
    panels, possible = covering(search, told)
    sizes = [size for _, size in search.kinds]
    if not possible:
        return Shares([tuple(0 for _ in sizes)], [1.0], frozenset(range(len(sizes))))
    ideal = ideal_of(search, possible, told)
    towards = Mixture([max(number, TOLERANCE) if number else 0 for number in ideal])
    for panel in panels:
        towards.add(panel)
    approach(towards, search, ideal, told)
    mixed = raise_least(towards, search, 1.0 - AIMED_AT, told)
    if mixed.least < 1.0 - AIMED_AT:
        chances = Mixture([size * (kind in possible) for kind, size in enumerate(sizes)])
        for panel in towards.panels:
            chances.add(panel)
        mixed = level_by_level(chances, search, set(possible), told)
        towards = chances
    impossible = frozenset(range(len(sizes))) - possible
    return Shares(towards.panels, mixed.chances, impossible)


def covering(search: Search, told: Told) -> tuple[list[Panel], set[int]]:
    """Panels that together have every kind that can be in a panel, and those kinds."""
    hoped = who_is_possible(search.seats, search.quotas, search.kinds)
    panels: list[Panel] = []
    missing = set(hoped)
    for asked in (search.good, search.best):
        for kind in sorted(hoped):
            if kind not in missing:
                continue
            wanted = [float(one in missing) for one in range(len(search.kinds))]
            wanted[kind] = float(len(wanted))
            found = asked(wanted)
            if found is not None and found.panel[kind]:
                panels.append(found.panel)
                missing -= {one for one, number in enumerate(found.panel) if number}
                told(Progress(len(panels), len(hoped) - len(missing), len(hoped)))
    return panels, hoped - missing


def ideal_of(search: Search, possible: set[int], told: Told) -> list[float]:
    """The ideal numbers, 0 for who is in no panel."""
    order = sorted(possible)
    shared = ideal_numbers(
        search.seats,
        search.quotas,
        [search.kinds[kind] for kind in order],
        lambda settled: told(Progress(0, settled, len(order))),
    )
    numbers = dict(zip(order, shared, strict=True))
    return [numbers.get(kind, 0.0) for kind in range(len(search.kinds))]


def approach(mixture: Mixture, search: Search, ideal: Sequence[float], told: Told) -> None:
    """Panels of which each makes up for what the ones before, taken together, lack of the ideal."""
    chance = Random(0)  # noqa: S311
    so_far = [0] * len(ideal)
    for number in range(1, len(ideal) // 2 + 5):
        lacking = [
            (number * aim - had) / aim + chance.uniform(0, 0.01) if aim > TOLERANCE else 0.0
            for aim, had in zip(ideal, so_far, strict=True)
        ]
        found = search.good(lacking)
        if found is None:
            break
        so_far = [had + more for had, more in zip(so_far, found.panel, strict=True)]
        mixture.add(found.panel)
        told(Progress(len(mixture.panels), number, len(ideal) // 2 + 5))


def level_by_level(mixture: Mixture, search: Search, raised: set[int], told: Told) -> Mixed:
    """Raise the least chance, hold who can not get more, go on with the others."""
    while True:
        mixed = raise_least(mixture, search, inf, told)
        worth = {kind: mixed.weights[kind] * mixture.measures[kind] for kind in raised}
        settled = {kind for kind in raised if worth[kind] > TOLERANCE}
        raised -= settled
        if not raised or not settled:
            return mixed
        mixture.hold(dict.fromkeys(settled, mixed.least))


def raise_least(mixture: Mixture, search: Search, enough: float, told: Told) -> Mixed:
    """Add panels until the least share is `enough`, or no panel there is would raise it."""
    while True:
        mixed = mixture.best()
        told(Progress(len(mixture.panels), mixed.least, min(enough, 1.0)))
        if mixed.least >= enough or not add_better(mixture, search, mixed):
            return mixed


def add_better(mixture: Mixture, search: Search, mixed: Mixed) -> bool:
    """Whether there was a panel that helps; several are added, each unlike the ones before."""
    found = search.good(mixed.weights)
    if found is not None and found.at_most <= mixed.hurdle + TOLERANCE:
        return False
    if found is None or found.worth <= mixed.hurdle + TOLERANCE:
        found = search.best(mixed.weights)
        if found is None or found.worth <= mixed.hurdle + TOLERANCE:
            return False
    weights = list(mixed.weights)
    for _ in range(5 + len(weights) // 50):
        mixture.add(found.panel)
        weights = [
            weight * (0.7 if number else 1.0)
            for weight, number in zip(weights, found.panel, strict=True)
        ]
        found = search.good(weights)
        if found is None:
            break
    return True
