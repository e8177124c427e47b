"""Chances for panels, as equal for everybody as the quotas allow: maximin, then leximin.

By column generation (Flanigan et al., Fair algorithms for selecting citizens' assemblies, Nature
2021), with a short cut: the ideal of divisible officers is aimed at first. Panels that share it out
as it is are the fairest there are, and no integer program has to prove it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from random import Random

from .ideal import ideal_numbers, who_is_possible
from .mixture import Mixed, Mixture
from .search import Panel, Search

TOLERANCE = 1e-7
NARROW, WIDE = 1e-6, 1e-3
"""By what part of the ideal others than the least may lack of it; by which where kinds are many."""
MANY_KINDS = 500


class Step(StrEnum):
    """What the search is about; the steps are taken in this order."""

    COVERING = "covering"
    """Everybody who can be in a panel gets into one."""
    IDEAL = "ideal"
    LEAST = "least"
    """The least chance of anybody is raised, and it is proved that no lottery gives more."""
    OTHERS = "others"
    """That of all the others, from the least upwards."""


@dataclass(frozen=True)
class Progress:
    """How far a step of the search has come, and how many panels were found so far."""

    step: Step
    done: float
    aim: float
    panels: int


@dataclass(frozen=True)
class Shares:
    """Panels with chances that add up to 1; the kinds that are in no panel at all.

    The least chance of anybody is as great as can be; by `within` of the fairest that there is, at
    most, any other is less than that."""

    panels: Sequence[Panel]
    chances: Sequence[float]
    impossible: frozenset[int]
    within: float


Told = Callable[[Progress], None]


@dataclass(frozen=True)
class Aim:
    """The least share that would be enough in a step, and who hears of how near it is."""

    step: Step
    enough: float
    told: Told

    def is_reached(self, mixture: Mixture, mixed: Mixed | None = None) -> bool:
        least = (mixed or mixture.best()).least
        self.told(Progress(self.step, least, min(self.enough, 1.0), len(mixture.panels)))
        return least >= self.enough


def fairest(search: Search, told: Told) -> Shares:
    """The fairest shares: the least chance within 1e-7, the others within `NARROW` of their ideal,
    or `WIDE` where the kinds are many. Whatever `told` raises ends the search."""
    panels, possible = covering(search, told)
    sizes = [size for _, size in search.kinds]
    impossible = frozenset(range(len(sizes))) - possible
    if not possible:
        return Shares([tuple(0 for _ in sizes)], [1.0], impossible, NARROW)
    ideal = ideal_of(search, possible, told)
    chances = Mixture([size * (kind in possible) for kind, size in enumerate(sizes)], panels)
    hoped = min(ideal[kind] / sizes[kind] for kind in possible) - TOLERANCE
    approach(chances, search, ideal, Aim(Step.LEAST, hoped, told))
    mixed = raise_least(chances, search, Aim(Step.LEAST, hoped, told))
    if mixed.least >= hoped:
        within = NARROW if sum(map(bool, ideal)) <= MANY_KINDS else WIDE
        shared = raise_others(chances, search, ideal, mixed, 1.0 - within, told)
        if shared is not None:
            return Shares(*shared, impossible, within)
    mixed = level_by_level(chances, search, set(possible), told)
    return Shares(chances.panels, mixed.chances, impossible, NARROW)


def raise_others(
    chances: Mixture,
    search: Search,
    ideal: Sequence[float],
    mixed: Mixed,
    enough: float,
    told: Told,
) -> tuple[Sequence[Panel], Sequence[float]] | None:
    """Panels and chances that keep the least chance and give all others `enough` of their ideal.

    None where no lottery comes as near; the panels found meanwhile are added."""
    sizes = [size for _, size in search.kinds]
    measures = [max(number, TOLERANCE * bool(number)) for number in ideal]
    kept = {
        kind: mixed.least * sizes[kind] / measure
        for kind, measure in enumerate(measures)
        if measure and enough * measure < mixed.least * sizes[kind]
    }
    if len(kept) == sum(map(bool, ideal)):
        return chances.panels, mixed.chances
    shared = Mixture(measures, chances.panels)
    shared.hold(kept)
    approach(shared, search, ideal, Aim(Step.OTHERS, enough, told))
    found = raise_least(shared, search, Aim(Step.OTHERS, enough, told))
    if found.least >= enough:
        return shared.panels, found.chances
    chances.add_all(shared.panels)
    return None


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
                covered = len(hoped) - len(missing)
                told(Progress(Step.COVERING, covered, len(hoped), len(panels)))
    return panels, hoped - missing


def ideal_of(search: Search, possible: set[int], told: Told) -> list[float]:
    """The ideal numbers, 0 for who is in no panel."""
    order = sorted(possible)
    shared = ideal_numbers(
        search.seats,
        search.quotas,
        [search.kinds[kind] for kind in order],
        lambda settled: told(Progress(Step.IDEAL, settled, len(order), 0)),
    )
    numbers = dict(zip(order, shared, strict=True))
    return [numbers.get(kind, 0.0) for kind in range(len(search.kinds))]


def approach(mixture: Mixture, search: Search, ideal: Sequence[float], aim: Aim) -> None:
    """Panels of which each makes up for what the ones before, taken together, lack of the ideal."""
    chance = Random(0)  # noqa: S311
    had = [sum(numbers) for numbers in zip(*mixture.panels, strict=True)]
    first = len(mixture.panels) + 1
    look = first + 10
    for number in range(first, len(ideal) + 10):
        if number >= look:
            look += max(10, number // 8)
            if aim.is_reached(mixture):
                break
        lacking = [
            (number * should - has) / should + chance.uniform(0, 0.01)
            if should > TOLERANCE
            else 0.0
            for should, has in zip(ideal, had, strict=True)
        ]
        found = search.good(lacking)
        if found is None:
            break
        had = [has + more for has, more in zip(had, found.panel, strict=True)]
        mixture.add_all([found.panel])


def level_by_level(mixture: Mixture, search: Search, raised: set[int], told: Told) -> Mixed:
    """Raise the least chance, hold who can not get more, go on with the others."""
    while True:
        mixed = raise_least(mixture, search, Aim(Step.OTHERS, inf, told))
        worth = {kind: mixed.weights[kind] * mixture.measures[kind] for kind in raised}
        settled = {kind for kind in raised if worth[kind] > TOLERANCE}
        raised -= settled
        if not raised or not settled:
            return mixed
        mixture.hold(dict.fromkeys(settled, mixed.least))


def raise_least(mixture: Mixture, search: Search, aim: Aim) -> Mixed:
    """Add panels until the aim is reached, or no panel there is would raise the least share."""
    while True:
        mixed = mixture.best()
        if aim.is_reached(mixture, mixed) or not add_better(mixture, search, mixed):
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
        mixture.add_all([found.panel])
        weights = [
            weight * (0.7 if number else 1.0)
            for weight, number in zip(weights, found.panel, strict=True)
        ]
        found = search.good(weights)
        if found is None:
            break
    return True
