"""The best panel that keeps every quota: exact, by integer programs one after the other.

Officers whom no quota and no merit tells apart are one column that counts them. Each question
fixes a few digits of the order of preference; the next one is asked among what is left."""

from collections.abc import Sequence

from .digits import Digit, settle
from .kinds import counted_by, gathered, that_can_bind
from .programs import Program
from .quotas import Candidate, Quota, count_within

AT_ONCE = 10


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
    filled = settle(program, [Digit(range(len(columns)), seats)], seats)
    if filled is None:
        return None
    taken = sum(filled)
    for number in range(1, len(merits) + 1):
        classes = gathered(key[number] for key in alike)
        sizes = {one: sum(len(columns[c]) for c in classes[one]) for one in sorted(classes)}
        settle(program, [Digit(classes[one], min(taken, sizes[one])) for one in sizes], taken)
    return earliest(program, columns, taken)


def earliest(program: Program, columns: Sequence[Sequence[int]], taken: int) -> list[int]:
    """The places of the panel that is first by place, among those the program still allows.

    Whoever is looked at is given a column of their own; who can not be taken closes the column of
    those alike who come later."""
    column_of = {place: column for column, places in enumerate(columns) for place in places}
    closed: set[int] = set()
    chosen: list[int] = []
    waiting = sorted(column_of)
    while len(chosen) < taken:
        waiting = [place for place in waiting if column_of[place] not in closed]
        looked_at, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        own = {place: program.split(column_of[place]) for place in looked_at}
        found = program.greatest({own[p]: 1 << n for n, p in enumerate(reversed(looked_at))})
        for place in looked_at:
            is_in = found is not None and found[own[place]] == 1
            program.bound(own[place], int(is_in), int(is_in))
            if is_in:
                chosen.append(place)
            else:
                closed.add(column_of[place])
                program.bound(column_of[place], 0, 0)
    return chosen


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
