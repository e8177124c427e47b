"""The field of a call after its selection, as it changes while free seats are given one by one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .kinds import counted_by
from .ordering import in_order_of_the_field
from .quotas import (
    SEATS,
    Bound,
    Candidate,
    Quota,
    in_order,
)
from .relaxations import Change, Relaxation
from .waiting_list import (
    Held,
    Next,
    next_in_order,
    what_would_let_somebody_follow,
)


@dataclass
class Field:
    """Who holds one of the seats, offered or confirmed, and who waits."""

    call_reference: str
    seats: int
    quotas: Sequence[Quota]
    holders: list[Candidate]
    waiting: list[Candidate]
    not_now: Sequence[Candidate] = ()
    """Who waits too, and may not be given a seat now."""
    held: Held | None = None

    def next(self) -> Next | Held:
        """Who comes next; where nobody does, nobody follows for the seats after it either."""
        if self.held is None:
            found = next_in_order(
                self.call_reference,
                self.seats,
                self.quotas,
                self.holders,
                self.waiting,
                self.not_now,
            )
            if isinstance(found, Next):
                return found
            self.held = found
        return self.held

    def seat(self, candidate: Candidate) -> None:
        """Somebody who waited has a seat."""
        self.waiting.remove(candidate)
        self.holders.append(candidate)

    def relaxed(self, relaxation: Relaxation) -> "Field":
        """The same people, asked for as the relaxation has it."""
        of_seats = [one for one in relaxation.changes if one.dimension == SEATS]
        seats = next((one.to for one in of_seats if one.bound is Bound.MAXIMUM), self.seats)
        quotas = [changed(one, relaxation.changes) for one in in_order(self.quotas)]
        return replace(self, seats=seats, quotas=quotas, held=None)


@dataclass(frozen=True)
class WayOut:
    """Changes that would let somebody take a free seat, and who that would be."""

    relaxation: Relaxation
    would_take: Candidate


def ways_out(field: Field) -> tuple[WayOut, ...]:
    """What would let somebody take a free seat, the smallest changes first; slow for long lists.

    Empty where somebody follows already, and where nobody waits."""
    few = replace(field, waiting=first_of_each_kind(field), not_now=(), held=None)
    found = what_would_let_somebody_follow(few.seats, few.quotas, few.holders, few.waiting)
    then = [(one, few.relaxed(one).next()) for one in found]
    return tuple(WayOut(one, next_.candidate) for one, next_ in then if isinstance(next_, Next))


def first_of_each_kind(field: Field) -> list[Candidate]:
    """Of officers whom the same quotas count no more are ever needed than there are free seats, or
    than a minimum asks for where seats are added: the first of them stand for all."""
    queue = in_order_of_the_field(field.call_reference, field.waiting)
    enough = max(1, field.seats - len(field.holders), *(one.minimum for one in field.quotas))
    seen: Counter[tuple[int, ...]] = Counter()
    first = []
    for one, kind in zip(queue, counted_by(in_order(field.quotas), queue), strict=True):
        seen[kind] += 1
        if seen[kind] <= enough:
            first.append(one)
    return first


def changed(quota: Quota, changes: Iterable[Change]) -> Quota:
    """The quota with what the changes say of it."""
    for change in changes:
        if (change.dimension, change.value) == (quota.dimension, quota.value):
            is_minimum = change.bound is Bound.MINIMUM
            quota = (
                replace(quota, minimum=change.to)
                if is_minimum
                else replace(quota, maximum=change.to)
            )
    return quota
