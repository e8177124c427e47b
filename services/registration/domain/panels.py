"""The best panel that keeps every quota, exactly.

Officers whom no quota and no merit tells apart are one column that counts them; those of a column
who are taken are the first by place."""

from collections.abc import Sequence

from .kinds import counted_by, gathered, that_can_bind
from .narrowing import Narrowing
from .programs import Program
from .quotas import Candidate, Quota, count_within


def best_panel(
    seats: int,
    quotas: Sequence[Quota],
    candidates: Sequence[Candidate],
    merits: Sequence[Sequence[int]] = (),
) -> list[int] | None:
    """The places of the best panel of at most `seats` candidates who keep every quota, or None.

    Most seats first. Each of `merits` gives every candidate a class, the least the best: then most
    of the best class, of the next … by the first merit, then by the second. At last as early in the
    sequence of candidates as can be: the first place that only one of two panels holds decides."""
    asked = that_can_bind(quotas, candidates)
    alike = gathered(zip(counted_by(asked, candidates), *merits, strict=True))
    program = program_of(seats, asked, [(key[0], len(places)) for key, places in alike.items()])
    columns = list(alike.values())
    found = Narrowing.of(program, dict.fromkeys(range(len(columns)), 1))
    if found is None:
        return None
    found.raise_sum(range(len(columns)))
    for number in range(1, len(merits) + 1):
        classes = gathered(key[number] for key in alike)
        found.settle([classes[one] for one in sorted(classes)])
    by_place = sorted((place, column) for column, places in enumerate(columns) for place in places)
    found.settle_one_by_one(column for _, column in by_place)
    taken = zip(columns, found.best, strict=True)
    return [place for places, number in taken for place in places[:number]]


def can_be_met(seats: int, quotas: Sequence[Quota], candidates: Sequence[Candidate]) -> bool:
    """Whether at most `seats` of these candidates can keep every quota."""
    asked = that_can_bind(quotas, candidates)
    if seats < 0 or any(count_within(one, candidates) < one.minimum for one in asked):
        return False
    if all(one.minimum == 0 for one in asked):
        return True
    alike = gathered(counted_by(asked, candidates))
    counts = [(touched, len(places)) for touched, places in alike.items()]
    return program_of(seats, asked, counts).greatest({}) is not None


def most_seats(
    seats: int, quotas: Sequence[Quota], kinds: Sequence[tuple[Sequence[int], int]]
) -> int | None:
    """How many of at most `seats` can be filled within the quotas; None: not even 0."""
    found = program_of(seats, quotas, kinds).greatest(dict.fromkeys(range(len(kinds)), 1))
    return None if found is None else sum(found)


def program_of(
    seats: int,
    quotas: Sequence[Quota],
    kinds: Sequence[tuple[Sequence[int], int]],
    gap: float = 0.0,
) -> Program:
    """A column per kind (the quotas that count it, how many there are), a row per quota."""
    program = Program([number for _, number in kinds], gap)
    program.keep(range(len(kinds)), 0, seats)
    for place, quota in enumerate(quotas):
        counted = [column for column, (touched, _) in enumerate(kinds) if place in touched]
        program.keep(counted, quota.minimum, quota.maximum)
    return program
