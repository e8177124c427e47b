"""The fairest shares the quotas would allow if officers could be divided: no lottery is fairer.

The least chance is as great as can be, then the least of the others, and so on (leximin). A linear
program per level; a level is the chance of all whose share the next ones can not raise."""

from collections.abc import Callable, Sequence
from math import inf

from ..linear import LinearProgram, Optimum
from ..quotas import Quota

WORTH_SOMETHING = 1e-9
GIVEN_UP = 1e-8


def who_is_possible(
    seats: int, quotas: Sequence[Quota], kinds: Sequence[tuple[Sequence[int], int]]
) -> set[int]:
    """The kinds that have a share in some such panel; the others are in no panel at all."""
    linear, _ = undivided(seats, quotas, kinds)
    waiting, possible = set(range(len(kinds))), set[int]()
    while waiting:
        linear.gain([float(kind in waiting) for kind in range(len(kinds))])
        optimum = solved(linear)
        reached = {kind for kind in waiting if optimum.columns[kind] > WORTH_SOMETHING}
        if not reached:
            break
        possible |= reached
        waiting -= reached
    return possible


def ideal_numbers(
    seats: int,
    quotas: Sequence[Quota],
    kinds: Sequence[tuple[Sequence[int], int]],
    told: Callable[[int], None],
) -> list[float]:
    """How many of each kind are in a panel on average; all of them must be possible.

    `told` is called at each level with how many kinds have their share."""
    linear, first = undivided(seats, quotas, kinds, with_chances=True)
    least = linear.add(1.0, {first + kind: -1.0 for kind in range(len(kinds))}, 1.0)
    raised = set(range(len(kinds)))
    while True:
        optimum = solved(linear)
        settled = {kind for kind in raised if optimum.prices[first + kind] < -WORTH_SOMETHING}
        for kind in settled:
            linear.row(first + kind, optimum.value - GIVEN_UP)
            linear.coefficient(first + kind, least, 0.0)
        raised -= settled
        told(len(kinds) - len(raised))
        if not raised or not settled:
            return [max(0.0, number) for number in optimum.columns[: len(kinds)]]


def undivided(
    seats: int,
    quotas: Sequence[Quota],
    kinds: Sequence[tuple[Sequence[int], int]],
    with_chances: bool = False,
) -> tuple[LinearProgram, int]:
    """A column per kind, a row per quota and one for the seats; and the number of rows so far.

    With a further row for the chance of each kind: its number over its size."""
    rows = [(one.minimum, seats if one.maximum is None else one.maximum) for one in quotas]
    rows.append((seats, seats))
    linear = LinearProgram([*rows, *((0.0, inf) for _ in kinds if with_chances)])
    for kind, (counted_by, size) in enumerate(kinds):
        chance = {len(rows) + kind: 1.0 / size} if with_chances else {}
        linear.add(size, {**dict.fromkeys((*counted_by, len(quotas)), 1.0), **chance})
    return linear, len(rows)


def solved(linear: LinearProgram) -> Optimum:
    optimum = linear.greatest()
    if optimum is None:
        raise ArithmeticError("there is no panel to share")
    return optimum
