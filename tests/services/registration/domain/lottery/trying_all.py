"""The fairest chances by trying all: every panel there is, a program for every officer."""

from collections.abc import Sequence
from itertools import combinations
from math import inf

from services.registration.domain.linear import LinearProgram
from services.registration.domain.quotas import Candidate, Quota, broken_by


def every_full_panel(
    seats: int, quotas: Sequence[Quota], field: Sequence[Candidate]
) -> list[tuple[int, ...]]:
    """The places of all panels that keep every quota and fill as many seats as any of them does."""
    for size in range(min(seats, len(field)), -1, -1):
        panels = [
            panel
            for panel in combinations(range(len(field)), size)
            if not broken_by([field[place] for place in panel], quotas)
        ]
        if panels:
            return panels
    return []


def fairest_by_trying_all(panels: Sequence[tuple[int, ...]], officers: int) -> list[float]:
    """Leximin over all panels: at each level everybody is tried, whether they could get more."""
    level = {place: 0.0 for place in range(officers) if any(place in one for one in panels)}
    raised, settled = set(level), dict.fromkeys(set(range(officers)) - set(level), 0.0)
    while raised:
        least = most_for(panels, officers, settled, raised, None)
        stuck = {
            place
            for place in raised
            if most_for(panels, officers, {**settled, **dict.fromkeys(raised, least)}, set(), place)
            < least + 1e-6
        }
        settled.update(dict.fromkeys(stuck, least))
        raised -= stuck
    return [settled[place] for place in range(officers)]


def most_for(
    panels: Sequence[tuple[int, ...]],
    officers: int,
    settled: dict[int, float],
    raised: set[int],
    one: int | None,
) -> float:
    """The greatest chance of one officer, or least chance of the raised, with the rest settled."""
    rows = [(settled.get(place, 0.0) - 1e-8, inf) for place in range(officers)]
    program = LinearProgram([*rows, (1.0, 1.0)])
    if one is None:
        program.add(1.0, dict.fromkeys(raised, -1.0), 1.0)
    for panel in panels:
        program.add(inf, dict.fromkeys((*panel, officers), 1.0), float(one in panel))
    optimum = program.greatest()
    assert optimum is not None
    return optimum.value
