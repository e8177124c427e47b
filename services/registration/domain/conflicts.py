"""Why no panel keeps every quota: the quotas that cannot be met alone, or a smallest clashing set.

Smallest in this sense: without any one of the named obstacles the others can be met together."""

from collections.abc import Sequence
from dataclasses import dataclass

from .panels import can_be_met
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    count_within,
    obstacle,
)


@dataclass(frozen=True)
class Side:
    """One bound of one quota; without a quota it is the number of seats."""

    quota: Quota | None
    bound: Bound


def what_stands_in_the_way(
    seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate]
) -> tuple[Obstacle, ...]:
    """The obstacles for quotas (in order) that these candidates cannot meet."""
    alone = tuple(
        obstacle(quota, Bound.MINIMUM, present)
        for quota in quotas
        for present in [count_within(quota, candidates)]
        if present < quota.minimum
    )
    if alone:
        return alone
    clashing = smallest_clash(seats, quotas, candidates)
    return tuple(as_obstacle(side, seats, candidates) for side in clashing)


def smallest_clash(
    seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate]
) -> list[Side]:
    """A deletion filter: each side is left out in turn, for good where the rest still clashes.

    Maxima go first, then the seats, then minima: what remains names minima where that is enough."""
    maxima = [Side(quota, Bound.MAXIMUM) for quota in quotas if quota.maximum is not None]
    minima = [Side(quota, Bound.MINIMUM) for quota in quotas if quota.minimum]
    clashing = [*maxima, Side(None, Bound.MAXIMUM), *minima]
    for side in tuple(clashing):
        without = [other for other in clashing if other is not side]
        if not sides_can_be_met(without, seats, candidates):
            clashing = without
    return clashing


def sides_can_be_met(sides: Sequence[Side], seats: int, candidates: Sequence[Candidate]) -> bool:
    offered = seats if any(side.quota is None for side in sides) else len(candidates)
    return can_be_met(offered, [only(side) for side in sides if side.quota], candidates)


def only(side: Side) -> Quota:
    """A quota that asks for this side alone."""
    quota = side.quota
    if quota is None:
        raise ValueError("the number of seats is no quota")
    if side.bound is Bound.MINIMUM:
        return Quota(quota.dimension, quota.value, minimum=quota.minimum)
    return Quota(quota.dimension, quota.value, maximum=quota.maximum)


def as_obstacle(side: Side, seats: int, candidates: Sequence[Candidate]) -> Obstacle:
    if side.quota is None:
        return Obstacle(SEATS, "", Bound.MAXIMUM, seats, len(candidates))
    return obstacle(side.quota, side.bound, count_within(side.quota, candidates))
