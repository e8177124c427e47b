"""The smallest changes of bounds with which some panel keeps every quota.

Of a relaxation no change, and nothing of a change, can be left out. The first is the one that moves
the seats least, then all bounds together least, then the fewest bounds, then the first ones (by
dimension, value, minimum before maximum), then the first of them most. The next is the first by the
same order among those that leave alone at least one bound of every relaxation before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .giving_way import Slack, relaxed, slacks
from .narrowing import Narrowing
from .programs import Program
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Quota,
    in_order,
)


@dataclass(frozen=True)
class Change:
    """A bound that is now `now` and would have to be `to`; of the dimension `seats` the seats."""

    dimension: str
    value: str
    bound: Bound
    now: int
    to: int

    def __str__(self) -> str:
        verb = "lower" if self.to < self.now else "raise"
        subject = f"{self.bound} of {self.dimension} {self.value}".strip()
        if self.dimension == SEATS and self.bound is Bound.MAXIMUM:
            subject = "number of seats"
        return f"{verb} the {subject} from {self.now} to {self.to}"


@dataclass(frozen=True)
class Relaxation:
    """Changes that are enough together; nothing of any of them is superfluous."""

    changes: tuple[Change, ...]

    @property
    def in_all(self) -> int:
        return sum(abs(one.to - one.now) for one in self.changes)

    def __str__(self) -> str:
        return " and ".join(map(str, self.changes))


def relaxations(
    seats: int,
    quotas: Iterable[Quota],
    candidates: Sequence[Candidate],
    holders: Sequence[Candidate] = (),
    fewest: int = 0,
    limit: int = 5,
) -> tuple[Relaxation, ...]:
    """Up to `limit` relaxations with which, beside the holders, candidates can keep every quota.

    At least `fewest` seats are taken then, those of the holders among them. Empty where nothing has
    to change, and where no change is enough: there are not so many officers."""
    asked = in_order((*quotas, Quota(SEATS, "", maximum=seats)))
    bounds = slacks(asked, (*holders, *candidates))
    found: list[dict[int, int]] = []
    while len(found) < limit:
        program = relaxed(asked, bounds, candidates, holders, fewest)
        moves = [program.add(1) for _ in bounds]
        for column, (bound, moved) in enumerate(zip(bounds, moves, strict=True)):
            program.keep_weighted({column: 1, moved: -bound.most}, None, 0)
        for amounts in found:
            program.keep([moves[column] for column in amounts], 0, len(amounts) - 1)
        following = smallest(program, bounds, moves)
        if not following:
            break
        found.append(following)
    return tuple(
        Relaxation(tuple(as_change(bounds[column], amounts[column]) for column in sorted(amounts)))
        for amounts in found
    )


def as_change(bound: Slack, amount: int) -> Change:
    """The bound, once it has given way so much."""
    quota = bound.quota
    is_minimum = bound.bound is Bound.MINIMUM
    now = quota.minimum if is_minimum else quota.maximum or 0
    to = now - amount if is_minimum else now + amount
    return Change(quota.dimension, quota.value, bound.bound, now, to)


def smallest(
    program: Program, bounds: Sequence[Slack], moves: Sequence[int]
) -> dict[int, int] | None:
    """By how much which bounds give way in the first relaxation that the program allows."""
    seats = [column for column, one in enumerate(bounds) if one.quota.dimension == SEATS]
    found = Narrowing.of(program, dict.fromkeys(seats, -1))
    if found is None:
        return None
    for columns in (seats, range(len(bounds)), moves):
        found.raise_sum(columns, gain=-1)
    found.settle([[one] for one in moves])
    giving = [column for column, move in enumerate(moves) if found.best[move]]
    found.settle([[one] for one in giving])
    return {column: found.best[column] for column in giving}
