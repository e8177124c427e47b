"""That no panel keeps every quota, as every method of selection answers it."""

from dataclasses import dataclass

from ..domain.quotas import Obstacle
from ..domain.relaxations import Relaxation


@dataclass(frozen=True)
class NoPanel:
    """What stands in the way, and the least changes that would do."""

    obstacles: tuple[Obstacle, ...]
    relaxations: tuple[Relaxation, ...]
