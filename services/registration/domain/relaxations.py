"""The smallest changes of bounds with which some panel keeps every quota.

Of a relaxation no change, and nothing of a change, can be left out. The first is the one that moves
the seats least, then all bounds together least, then the fewest bounds, then the first ones (by
dimension, value, minimum before maximum), then the first of them most. The next is the first by the
same order among those that leave alone at least one bound of every relaxation before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .digits import Digit, settle
from .kinds import counted_by, gathered
from .programs import Program
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Quota,
    count_within,
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


@dataclass(frozen=True)
class Slack:
    """A bound that may give way, by `most` at most: no more could help."""

    quota: Quota
    bound: Bound
    most: int

    def by(self, amount: int) -> Change:
        now = self.quota.minimum if self.bound is Bound.MINIMUM else self.quota.maximum or 0
        to = now - amount if self.bound is Bound.MINIMUM else now + amount
        return Change(self.quota.dimension, self.quota.value, self.bound, now, to)


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
        Relaxation(tuple(bounds[column].by(amounts[column]) for column in sorted(amounts)))
        for amounts in found
    )


def slacks(quotas: Sequence[Quota], everyone: Sequence[Candidate]) -> list[Slack]:
    found = []
    for quota in quotas:
        found.append(Slack(quota, Bound.MINIMUM, quota.minimum))
        if quota.maximum is not None:
            more = max(0, count_within(quota, everyone) - quota.maximum)
            found.append(Slack(quota, Bound.MAXIMUM, more))
    return [one for one in found if one.most]


def relaxed(
    quotas: Sequence[Quota],
    bounds: Sequence[Slack],
    candidates: Sequence[Candidate],
    holders: Sequence[Candidate],
    fewest: int,
) -> Program:
    """A column for each bound, how much it gives way, then one for each kind of candidate."""
    alike = gathered(counted_by(quotas, candidates))
    program = Program([*(one.most for one in bounds), *(len(places) for places in alike.values())])
    kinds = list(enumerate(alike, start=len(bounds)))
    program.keep((column for column, _ in kinds), max(0, fewest - len(holders)), None)
    for place, quota in enumerate(quotas):
        counted = {column: 1 for column, touched in kinds if place in touched}
        held = count_within(quota, holders)
        gives = {one.bound: column for column, one in enumerate(bounds) if one.quota is quota}
        lower = {gives[Bound.MINIMUM]: 1} if Bound.MINIMUM in gives else {}
        program.keep_weighted({**counted, **lower}, quota.minimum - held, None)
        if quota.maximum is not None:
            higher = {gives[Bound.MAXIMUM]: -1} if Bound.MAXIMUM in gives else {}
            program.keep_weighted({**counted, **higher}, None, quota.maximum - held)
    return program


def smallest(
    program: Program, bounds: Sequence[Slack], moves: Sequence[int]
) -> dict[int, int] | None:
    """By how much which bounds give way in the first relaxation that the program allows."""
    seats = [column for column, one in enumerate(bounds) if one.quota.dimension == SEATS]
    amount = least(program, seats)
    if amount is None:
        return None
    amount = least(program, range(len(bounds))) or 0
    number = least(program, moves) or 0
    settled = settle(program, [Digit([one], 1) for one in moves], number) or []
    moved = [column for column, does in enumerate(settled) if does]
    amounts = settle(program, [Digit([one], bounds[one].most) for one in moved], amount) or []
    return dict(zip(moved, amounts, strict=True))


def least(program: Program, columns: Sequence[int]) -> int | None:
    """The least sum of the columns that the program allows, kept from now on."""
    found = program.greatest(dict.fromkeys(columns, -1))
    if found is None:
        return None
    amount = sum(found[column] for column in columns)
    program.keep(columns, amount, amount)
    return amount
