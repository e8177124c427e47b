"""Who comes next when a seat is freed: the first who, with the holders, keeps every quota.

Several seats may be free at once. They are given one at a time, and meanwhile a minimum may be
missing if it can still be reached: the first officer is taken with whom the holders can be
completed to a panel that keeps every quota, by others who wait and within the seats that stay free.
With one seat free nothing stays free, so holders and officer must keep every quota by themselves.
Whom the same quotas count fares the same: each such kind is tried once.
Where nobody does, the seat is held for a person to decide; nobody is guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .conflicts import what_stands_in_the_way
from .kinds import counted_by
from .ordering import in_order_of_the_field
from .panels import can_be_met
from .quotas import SEATS, Bound, Candidate, Obstacle, Quota, broken_by, in_order, what_remains_of
from .relaxations import Relaxation, relaxations


@dataclass(frozen=True)
class Held:
    """The seat stays empty until someone decides; the obstacles say why."""

    obstacles: tuple[Obstacle, ...]


def next_in_order(
    call_reference: str,
    seats: int,
    quotas: Iterable[Quota],
    holders: Iterable[Candidate],
    waiting: Iterable[Candidate],
) -> Candidate | Held:
    """The first of the waiting, in the order of the field, who keeps the quotas.

    `holders` are all who hold or are offered one of the `seats`."""
    asked = in_order(quotas)
    held = tuple(holders)
    queue = in_order_of_the_field(call_reference, waiting)
    free_afterwards = seats - len(held) - 1
    if free_afterwards < 0:
        return Held((Obstacle(SEATS, "", Bound.MAXIMUM, seats, len(held)),))
    in_vain: set[tuple[int, ...]] = set()
    alike = counted_by(asked, queue)
    for position, candidate in enumerate(queue):
        if alike[position] in in_vain:
            continue
        others = queue[:position] + queue[position + 1 :]
        if can_be_completed(free_afterwards, asked, (*held, candidate), others):
            return candidate
        in_vain.add(alike[position])
    return Held(why_nobody_follows(free_afterwards + 1, asked, held, queue))


def what_would_let_somebody_follow(
    seats: int,
    quotas: Iterable[Quota],
    holders: Sequence[Candidate],
    waiting: Sequence[Candidate],
) -> tuple[Relaxation, ...]:
    """The smallest changes of bounds with which somebody who waits could take a free seat."""
    return relaxations(seats, quotas, waiting, holders, fewest=len(holders) + 1)


def can_be_completed(
    free: int, quotas: Sequence[Quota], holders: Sequence[Candidate], waiting: Sequence[Candidate]
) -> bool:
    """Whether at most `free` of the waiting, beside the holders, can keep every quota."""
    remaining = what_remains_of(quotas, holders)
    return remaining is not None and can_be_met(free, remaining, waiting)


def why_nobody_follows(
    free: int, quotas: Sequence[Quota], holders: Sequence[Candidate], queue: Sequence[Candidate]
) -> tuple[Obstacle, ...]:
    """What clashes, counted in officers for the `free` seats, of which one has to be taken."""
    remaining = what_remains_of(quotas, holders)
    if remaining is None:
        broken = broken_by(holders, quotas)
        return tuple(one for one in broken if one.bound is Bound.MAXIMUM)
    somebody = Quota(SEATS, "", minimum=1)
    return what_stands_in_the_way(free, in_order((*remaining, somebody)), queue)
