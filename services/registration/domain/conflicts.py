"""Why no panel keeps every quota: the quotas that cannot be met alone, or a smallest clashing set.

Smallest in this sense: without any one of the named obstacles the others can be met together."""

from collections.abc import Collection, Sequence

from .giving_way import Slack, relaxed, slacks
from .narrowing import Narrowing
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    count_within,
    in_order,
    obstacle,
)


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
    asked = in_order((*quotas, Quota(SEATS, "", maximum=seats)))
    bounds = slacks(asked, candidates)
    clashing = smallest_clash(Clash(asked, bounds, candidates), bounds)
    return tuple(
        obstacle(one.quota, one.bound, count_within(one.quota, candidates)) for one in clashing
    )


def smallest_clash(clash: "Clash", bounds: Sequence[Slack]) -> list[Slack]:
    """A deletion filter: each bound is left out in turn, for good where the rest still clashes.

    Maxima go first, then the seats, then minima: what remains names minima where that is enough."""
    order = sorted(range(len(bounds)), key=lambda one: goes_at(bounds[one]))
    left, needed = set(order), set(order)
    for one in order:
        if one not in needed:
            left.remove(one)
            continue
        without = clash.needs(left - {one})
        if without:
            left.remove(one)
            needed = without
    return [bounds[one] for one in order if one in left]


def goes_at(bound: Slack) -> int:
    if bound.bound is Bound.MINIMUM:
        return 2
    return int(bound.quota.dimension == SEATS)


class Clash:
    """Bounds that may not all be kept: whether some of them can be, whatever the others do."""

    def __init__(
        self, quotas: Sequence[Quota], bounds: Sequence[Slack], candidates: Sequence[Candidate]
    ) -> None:
        program = relaxed(quotas, bounds, candidates)
        nobody = [0] * len(program.most)
        for column, one in enumerate(bounds):
            nobody[column] = one.most if one.bound is Bound.MINIMUM else 0
        self._narrowing = Narrowing(program, nobody)

    def needs(self, kept: Collection[int]) -> set[int]:
        """Which of these bounds are enough to clash; none where they can all be kept."""
        gains = dict.fromkeys(kept, -1)
        proof = self._narrowing.reach(0, gains)
        if proof is None:
            return set()
        return {one for one in kept if proof.allows(0) or proof.rests_on(one, gains)}
