"""Who comes next when a seat is freed: the first who, with the holders, keeps every quota.

Several seats may be free at once. They are given one at a time, and meanwhile a minimum may be
missing if it can still be reached: the first officer is taken with whom the holders can be
completed to a panel that keeps every quota, by others who wait and within the seats that stay free.
With one seat free nothing stays free, so holders and officer must keep every quota by themselves.
Whoever is passed over is told what stands in the way.
Where nobody follows, the seat is held for a person to decide; nobody is guessed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from .counts import Kind
from .kinds import counted_by
from .looking import Look, crowds
from .ordering import in_order_of_the_field
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    broken_by,
    in_order,
)
from .relaxations import Relaxation, relaxations


@dataclass(frozen=True)
class PassedOver:
    """Who was looked at and may not have the seat, and what stands in the way of this one; nothing
    where no quota does, and they may not be given a seat now."""

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
    not_now: Sequence[Candidate] = (),
) -> Next | Held:
    """The first of the waiting, in the order of the field, who keeps the quotas.

    `holders` are all who hold or are offered one of the `seats`. Who waits and may not be given one
    now is looked at in the place that is theirs, and counts for nobody else."""
    held, asked = tuple(holders), in_order(quotas)
    apart = {one.nomination_id for one in not_now}
    queue = in_order_of_the_field(call_reference, (*waiting, *not_now))
    kinds = list(zip(queue, counted_by(asked, queue), strict=True))
    may_be = ((one, kind) for one, kind in kinds if one.nomination_id not in apart)
    waiting_by_kind = crowds((kind, one, 1) for one, kind in may_be)
    look = Look(seats - len(held), asked, held, waiting_by_kind)
    if look.somebody_follows():
        return first_of(look, kinds, apart)
    obstacles = why_nobody_follows(look)
    own = {kind: look.own_obstacles(kind) or obstacles for _, kind in kinds}
    return Held(obstacles, tuple(PassedOver(one, own[kind]) for one, kind in kinds))


def first_of(
    look: Look, queue: Iterable[tuple[Candidate, Kind]], not_now: Collection[UUID | None] = ()
) -> Next:
    """The first of whom nothing stands in the way, and who may be given a seat now."""
    passed_over: list[PassedOver] = []
    for one, kind in queue:
        obstacles = look.what_blocks(kind)
        if not obstacles and one.nomination_id not in not_now:
            return Next(one, tuple(passed_over))
        passed_over.append(PassedOver(one, obstacles))
    raise AssertionError("somebody follows, and nobody was found")


def why_nobody_follows(look: Look) -> tuple[Obstacle, ...]:
    """What clashes, counted in officers for the free seats, of which one has to be taken."""
    if look.free < 1:
        taken = len(look.holders)
        return (Obstacle(SEATS, "", Bound.MAXIMUM, taken + look.free, taken),)
    if look.remaining is None:
        broken = broken_by(look.holders, look.quotas)
        return tuple(one for one in broken if one.bound is Bound.MAXIMUM)
    return look.clash(look.free, in_order((*look.remaining, Quota(SEATS, "", minimum=1))))


def what_would_let_somebody_follow(
    seats: int,
    quotas: Iterable[Quota],
    holders: Sequence[Candidate],
    waiting: Sequence[Candidate],
) -> tuple[Relaxation, ...]:
    """The smallest changes of bounds with which somebody who waits could take a free seat."""
    return relaxations(seats, quotas, waiting, holders, fewest=len(holders) + 1, limit=3)
