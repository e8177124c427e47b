"""A look at a waiting list for a free seat: what stands in the way of each officer on it.

Whom the same quotas count fares the same: each such kind is judged once, however many wait."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .conflicts import what_stands_in_the_way
from .counts import (
    Kind,
    can_be_reached,
    more_than_seats,
    there_are,
)
from .kinds import counted_by
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    broken_with,
    obstacle,
    what_remains_of,
    what_remains_with,
)


@dataclass
class Crowd:
    """Officers whom the same quotas count: one of them, and how many there are."""

    one: Candidate
    number: int = 0


def crowds(waiting: Iterable[tuple[Kind, Candidate, int]]) -> dict[Kind, Crowd]:
    """Those who wait, by their kind; of each candidate there are so many alike."""
    found: dict[Kind, Crowd] = {}
    for kind, one, number in waiting:
        found.setdefault(kind, Crowd(one)).number += number
    return found


class Look:
    """`free` seats, quotas in order, who holds the others, and who waits, by kind.

    With one seat free the obstacles are of holders and officer together. With several they count
    the others who wait, for the seats that then stay free."""

    def __init__(
        self,
        free: int,
        quotas: Sequence[Quota],
        holders: Sequence[Candidate],
        waiting: Mapping[Kind, Crowd],
    ) -> None:
        self.free, self.quotas, self.waiting = free, quotas, waiting
        self.holders = tuple(holders)
        self.remaining = what_remains_of(quotas, self.holders)
        self._held = there_are(quotas, Counter(counted_by(quotas, self.holders)))
        self._judged: dict[Kind, tuple[Obstacle, ...]] = {}

    def somebody_follows(self) -> bool:
        """Whether at least one of those who wait may have a seat."""
        if self.free < 1 or self.remaining is None:
            return False
        if self.free == 1:
            return any(not self.own_obstacles(kind) for kind in self.waiting)
        return can_be_reached(self.free, self.remaining, self._numbers(), at_least=1)

    def what_blocks(self, kind: Kind) -> tuple[Obstacle, ...]:
        """What stands in the way of who waits; nothing does where it is empty."""
        if kind not in self._judged:
            self._judged[kind] = self.own_obstacles(kind) or self._judge(kind)
        return self._judged[kind]

    def own_obstacles(self, kind: Kind) -> tuple[Obstacle, ...]:
        """What holders and such an officer break, where nobody else could mend it."""
        broken = broken_with(self.quotas, self._counts_with(kind))
        return tuple(one for one in broken if self.free == 1 or one.bound is Bound.MAXIMUM)

    def clash(
        self, free: int, remaining: Sequence[Quota], without: Kind | None = None
    ) -> tuple[Obstacle, ...]:
        """What clashes in what remains, among all who wait but one of a kind.

        Of each kind no more are needed to see it than there are seats, or a minimum asks for."""
        numbers = self._numbers(without)
        there = {
            (one.dimension, one.value): number
            for one, number in zip(self.quotas, there_are(self.quotas, numbers), strict=True)
        }
        there[SEATS, ""] = sum(numbers.values())
        alone = [one for one in remaining if there[one.dimension, one.value] < one.minimum]
        if alone:
            found = [(one, there[one.dimension, one.value]) for one in alone]
            return tuple(obstacle(one, Bound.MINIMUM, number) for one, number in found)
        enough = max(free, 0, *(one.minimum for one in remaining))
        few = [
            self.waiting[kind].one
            for kind, number in numbers.items()
            for _ in range(min(number, enough))
        ]
        return tuple(
            replace(one, available=there[one.dimension, one.value])
            for one in what_stands_in_the_way(free, remaining, few)
        )

    def _judge(self, kind: Kind) -> tuple[Obstacle, ...]:
        if self.free <= 1:
            return ()
        remaining = what_remains_with(self.quotas, self._counts_with(kind))
        others = self._numbers(without=kind)
        too_many = more_than_seats(self.free - 1, remaining, others)
        if too_many or can_be_reached(self.free - 1, remaining, others):
            return too_many
        return self.clash(self.free - 1, remaining, without=kind)

    def _numbers(self, without: Kind | None = None) -> dict[Kind, int]:
        numbers = {kind: crowd.number for kind, crowd in self.waiting.items()}
        if without in numbers:
            numbers[without] -= 1
        return numbers

    def _counts_with(self, kind: Kind) -> list[int]:
        """How many of holders and one of this kind each quota counts."""
        counts = list(self._held)
        for place in kind:
            counts[place] += 1
        return counts
