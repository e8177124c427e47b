"""A look at a waiting list for a free seat: what stands in the way of each officer on it.

Whom the same quotas count fares the same: each such kind is judged once, whoever many wait."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from uuid import UUID

from .conflicts import what_stands_in_the_way
from .counts import (
    Kind,
    broken_with,
    can_be_reached,
    more_than_seats,
    there_are,
    what_remains_with,
)
from .kinds import counted_by
from .quotas import Bound, Candidate, Obstacle, Quota, count_within, what_remains_of


class Look:
    """`free` seats, quotas in order, who holds the others, and the queue in the order of the field.

    With one seat free the obstacles are of holders and officer together. With several they count
    the others who wait, for the seats that then stay free."""

    def __init__(
        self,
        free: int,
        quotas: Sequence[Quota],
        holders: Sequence[Candidate],
        queue: Sequence[Candidate],
    ) -> None:
        self.free, self.quotas = free, quotas
        self.holders, self.queue = tuple(holders), tuple(queue)
        self.remaining = what_remains_of(quotas, self.holders)
        self._held = there_are(quotas, Counter(counted_by(quotas, self.holders)))
        self._own: dict[Kind, tuple[Obstacle, ...]] = {}
        self._judged: dict[Kind, tuple[Obstacle, ...]] = {}

    @cached_property
    def kind_of(self) -> Mapping[UUID, Kind]:
        """The kind of everybody who waits."""
        kinds = counted_by(self.quotas, self.queue)
        return {one.nomination_id: kind for one, kind in zip(self.queue, kinds, strict=True)}

    @cached_property
    def kinds(self) -> Mapping[Kind, int]:
        """How many of each kind wait."""
        return Counter(self.kind_of.values())

    def somebody_follows(self) -> bool:
        """Whether at least one of the queue may have a seat."""
        if self.free < 1 or self.remaining is None:
            return False
        if self.free == 1:
            return any(not self.what_blocks(one) for one in self.queue)
        return can_be_reached(self.free, self.remaining, self.kinds, at_least=1)

    def what_blocks(self, candidate: Candidate) -> tuple[Obstacle, ...]:
        """What stands in the way of one who waits; nothing does where it is empty."""
        kind = self.kind_of[candidate.nomination_id]
        if kind not in self._judged:
            self._judged[kind] = self.own_obstacles(candidate) or self._judge(kind, candidate)
        return self._judged[kind]

    def own_obstacles(self, candidate: Candidate) -> tuple[Obstacle, ...]:
        """What holders and this officer break, where nobody else could mend it."""
        kind = self.kind_of[candidate.nomination_id]
        if kind not in self._own:
            broken = broken_with(self.quotas, self._counts_with(kind))
            mine = [one for one in broken if self.free == 1 or one.bound is Bound.MAXIMUM]
            self._own[kind] = tuple(mine)
        return self._own[kind]

    def _counts_with(self, kind: Kind) -> list[int]:
        """How many of holders and one of this kind each quota counts."""
        counts = list(self._held)
        for place in kind:
            counts[place] += 1
        return counts

    def _judge(self, kind: Kind, candidate: Candidate) -> tuple[Obstacle, ...]:
        if self.free <= 1:
            return ()
        remaining = what_remains_with(self.quotas, self._counts_with(kind))
        others = Counter(self.kinds)
        others[kind] -= 1
        too_many = more_than_seats(self.free - 1, remaining, others)
        if too_many or can_be_reached(self.free - 1, remaining, others):
            return too_many
        return self._why_out_of_reach(remaining, candidate)

    def _why_out_of_reach(
        self, remaining: Sequence[Quota], candidate: Candidate
    ) -> tuple[Obstacle, ...]:
        """Of each kind no more are needed to see it than there are seats, or a minimum asks for."""
        others = [one for one in self.queue if one is not candidate]
        enough = max(self.free - 1, *(one.minimum for one in remaining), 0)
        seen: Counter[Kind] = Counter()
        few: list[Candidate] = []
        for one in others:
            kind = self.kind_of[one.nomination_id]
            seen[kind] += 1
            if seen[kind] <= enough:
                few.append(one)
        clashing = what_stands_in_the_way(self.free - 1, remaining, few)
        return tuple(counted_in_full(one, others) for one in clashing)


def counted_in_full(found: Obstacle, candidates: Sequence[Candidate]) -> Obstacle:
    """An obstacle with the figure there really is."""
    quota = Quota(found.dimension, found.value)
    available = count_within(quota, candidates)
    return Obstacle(found.dimension, found.value, found.bound, found.needed, available)
