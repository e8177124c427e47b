"""Chances for panels, so that the least share of anybody is the greatest these panels allow.

The share of a kind is how many of it are taken on average, over a measure: its size, then the share
is the chance of each; or what it should ideally be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ..linear import LinearProgram
from .search import Panel

GIVEN_UP = 1e-8


@dataclass(frozen=True)
class Mixed:
    """The least share, the chance of each panel, and what a further panel has to be worth.

    It raises the least share only if its worth by `weights`, one per kind, passes `hurdle`."""

    least: float
    chances: Sequence[float]
    weights: Sequence[float]
    hurdle: float


class Mixture:
    """Some panels; the least share of the kinds that have a measure and are not held is raised."""

    def __init__(self, measures: Sequence[float], panels: Iterable[Panel]) -> None:
        self.measures = measures
        self.panels: list[Panel] = []
        self._known: set[Panel] = set()
        rows = [(0.0 if measure else -inf, inf) for measure in measures]
        self._linear = LinearProgram([*rows, (1.0, 1.0)], grows=True)
        raised = [kind for kind, measure in enumerate(measures) if measure]
        self._least = self._linear.add(inf, dict.fromkeys(raised, -1.0), 1.0)
        self.add_all(panels)

    def add_all(self, panels: Iterable[Panel]) -> None:
        """More panels, but for those that are known."""
        for panel in panels:
            if panel not in self._known:
                self._known.add(panel)
                self._add(panel)

    def hold(self, shares: Mapping[int, float]) -> None:
        """These kinds keep at least these shares from now on, and are not raised any more."""
        for kind, share in shares.items():
            self._linear.row(kind, share - GIVEN_UP)
            self._linear.coefficient(kind, self._least, 0.0)

    def best(self) -> Mixed:
        """The best chances for the panels there are. Raises ArithmeticError if there are none."""
        optimum = self._linear.greatest()
        if optimum is None:
            raise ArithmeticError("no panels, or none that give what is held")
        *prices, hurdle = optimum.prices
        priced = zip(prices, self.measures, strict=True)
        weights = [max(0.0, -price) / measure if measure else 0.0 for price, measure in priced]
        return Mixed(optimum.value, optimum.columns[1:], weights, hurdle)

    def _add(self, panel: Panel) -> None:
        self.panels.append(panel)
        numbers = zip(panel, self.measures, strict=True)
        shares = {kind: n / by for kind, (n, by) in enumerate(numbers) if n and by}
        self._linear.add(inf, {**shares, len(self.measures): 1.0})
