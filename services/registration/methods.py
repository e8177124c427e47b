"""How a selection is found: the method of a call, and the rules in `domain` that carry it out."""

from dataclasses import dataclass

from .candidates import Pool
from .domain.quotas import Obstacle
from .domain.relaxations import Relaxation, relaxations
from .domain.selection import Infeasible, Selection, select
from .in_a_thread import Report


@dataclass(frozen=True)
class NoPanel:
    """No panel keeps every quota: what stands in the way, and the least changes that would do."""

    obstacles: tuple[Obstacle, ...]
    relaxations: tuple[Relaxation, ...]


Found = Selection | NoPanel


def find(pool: Pool, method: str, report: Report) -> Found:
    """What the method finds in a pool; may take minutes. Raises ValueError for another method."""
    if method != "merit":
        raise ValueError(method)
    report({"step": "searching"})
    return by_merit(pool)


def by_merit(pool: Pool) -> Found:
    """The best panel by scores and ranks."""
    found = select(pool.reference, pool.seats, pool.quotas, pool.candidates)
    if isinstance(found, Infeasible):
        return NoPanel(found.obstacles, relaxations(pool.seats, pool.quotas, pool.candidates))
    return found
