"""Panels that keep every quota and are worth most, for weights that change from one to the next.

A panel is how many it has of each kind of candidate. Most are found beside the optimum of the
linear program. That none is better is proved by that optimum, or by the integer program."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from ..panels import program_of
from ..programs import Program
from ..quotas import Quota
from .ideal import undivided

NEIGHBOURHOODS = (50, 100, 200)
GOOD_ENOUGH = 0.2
WHOLE = 1e-9
Panel = tuple[int, ...]
Kinds = Sequence[tuple[Sequence[int], int]]


@dataclass(frozen=True)
class Found:
    """A panel and what it is worth; no panel at all is worth more than `at_most`."""

    panel: Panel
    worth: float
    at_most: float


class Search:
    """The panels of exactly `seats` of these kinds: which quotas count each, how many there are."""

    def __init__(self, seats: int, quotas: Sequence[Quota], kinds: Kinds) -> None:
        self.seats, self.quotas, self.kinds = seats, quotas, kinds
        self._all = exactly(seats, program_of(seats, quotas, kinds), len(kinds))
        self._near = exactly(seats, program_of(seats, quotas, kinds, GOOD_ENOUGH), len(kinds))
        self._linear, _ = undivided(seats, quotas, kinds)

    def best(self, weights: Sequence[float]) -> Found | None:
        """The panel of greatest worth; None if there is no panel."""
        found = self._all.greatest(dict(enumerate(weights)))
        return None if found is None else as_found(found, weights, self._all.at_most)

    def good(self, weights: Sequence[float]) -> Found | None:
        """A panel of great worth, quickly; None if none was found that way."""
        self._linear.gain(weights)
        optimum = self._linear.greatest()
        if optimum is None:
            return None
        whole = [round(value) for value in optimum.columns]
        off = [abs(a - b) for a, b in zip(whole, optimum.columns, strict=True)]
        if max(off, default=0) < WHOLE:
            return as_found(whole, weights, optimum.value)
        nearest = sorted(
            range(len(whole)), key=lambda kind: (off[kind] < WHOLE, abs(optimum.slopes[kind]), kind)
        )
        for size in NEIGHBOURHOODS:
            found = self._beside(whole, set(nearest[:size]), weights)
            if found is not None:
                return as_found(found, weights, optimum.value)
        return None

    def _beside(
        self, whole: Sequence[int], free: Container[int], weights: Sequence[float]
    ) -> list[int] | None:
        """The best panel that differs from this one in the free kinds only, or nearly the best."""
        kinds = [(kind in free, size) for kind, (_, size) in enumerate(self.kinds)]
        least = [0 if free else value for value, (free, _) in zip(whole, kinds, strict=True)]
        most = [size if free else value for value, (free, size) in zip(whole, kinds, strict=True)]
        self._near.bound_all(least, most)
        return self._near.greatest(dict(enumerate(weights)))


def exactly(seats: int, program: Program, kinds: int) -> Program:
    program.keep(range(kinds), seats, seats)
    return program


def as_found(panel: Sequence[int], weights: Sequence[float], at_most: float) -> Found:
    worth = sum(weight * number for weight, number in zip(weights, panel, strict=True))
    return Found(tuple(panel), worth, at_most)
