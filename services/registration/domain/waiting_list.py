"""Who comes next when a seat is freed: the first who, with the holders, keeps every quota.

Several seats may be free at once. They are given one at a time, and meanwhile a minimum may be
missing if it can still be reached: the first officer is taken with whom the holders can be
completed to a panel that keeps every quota, by others who wait and within the seats that stay free.
With one seat free nothing stays free, so holders and officer must keep every quota by themselves.
Whoever is passed over is told what stands in the way.
Where nobody follows, the seat is held for a person to decide; nobody is guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .conflicts import what_stands_in_the_way
from .looking import Look
from .ordering import in_order_of_the_field
from .quotas import SEATS, Bound, Candidate, Obstacle, Quota, broken_by, in_order
from .relaxations import Relaxation, relaxations


@dataclass(frozen=True)
class PassedOver:
    """Who was looked at and may not have the seat, and what stands in the way of this one."""

    candidate: Candidate
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class Next:
    """Who the seat goes to, and who was passed over before, in the order of the field."""

    candidate: Candidate
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True)
class Held:
    """The seat stays empty until someone decides; the obstacles say why."""

    obstacles: tuple[Obstacle, ...]
    passed_over: tuple[PassedOver, ...] = ()


def next_in_order(
    call_reference: str,
    seats: int,
    quotas: Iterable[Quota],
    holders: Iterable[Candidate],
    waiting: Iterable[Candidate],
) -> Next | Held:
    """The first of the waiting, in the order of the field, who keeps the quotas.

    `holders` are all who hold or are offered one of the `seats`."""
    held = tuple(holders)
    queue = in_order_of_the_field(call_reference, waiting)
    look = Look(seats - len(held), in_order(quotas), held, queue)
    if look.somebody_follows():
        return first_of(look)
    obstacles = why_nobody_follows(look)
    in_vain = [PassedOver(one, look.own_obstacles(one) or obstacles) for one in queue]
    return Held(obstacles, tuple(in_vain))


def first_of(look: Look) -> Next:
    """The first of whom nothing stands in the way."""
    passed_over: list[PassedOver] = []
    for one in look.queue:
        obstacles = look.what_blocks(one)
        if not obstacles:
            return Next(one, tuple(passed_over))
        passed_over.append(PassedOver(one, obstacles))
    raise AssertionError("somebody follows, and nobody was found")


def what_would_let_somebody_follow(
    seats: int,
    quotas: Iterable[Quota],
    holders: Sequence[Candidate],
    waiting: Sequence[Candidate],
) -> tuple[Relaxation, ...]:
    """The smallest changes of bounds with which somebody who waits could take a free seat."""
    return relaxations(seats, quotas, waiting, holders, fewest=len(holders) + 1)


def why_nobody_follows(look: Look) -> tuple[Obstacle, ...]:
    """What clashes, counted in officers for the free seats, of which one has to be taken."""
    if look.free < 1:
        taken = len(look.holders)
        return (Obstacle(SEATS, "", Bound.MAXIMUM, taken + look.free, taken),)
    if look.remaining is None:
        broken = broken_by(look.holders, look.quotas)
        return tuple(one for one in broken if one.bound is Bound.MAXIMUM)
    somebody = Quota(SEATS, "", minimum=1)
    return what_stands_in_the_way(look.free, in_order((*look.remaining, somebody)), look.queue)
