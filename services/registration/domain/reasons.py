"""Why an officer was not selected: true, and from a list that tells nothing of anybody else.

True is meant so. Of the panel chosen and the officer it is asked: could they take an empty seat, or
that of somebody who comes after them in the order of merit? What forbids it are bounds of quotas.
The exchange that fewest bounds forbid is told: without those bounds it would keep every quota, and
the panel would be a better one. Where nobody chosen comes after the officer, merit or lot decided.
Named are dimensions, never a value that is not the officer's own, a person or a party."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .kinds import counted_by, gathered
from .ordering import Merit, merit_of
from .quotas import (
    PARTY,
    Candidate,
    Quota,
    in_order,
)


class Code(StrEnum):
    """All that a focal point may be told. Where several are given, they hold together."""

    LATE = "late"
    """The nomination came after the deadline: it only waits, after all who were in time."""
    NOT_IN_POOL = "not-in-pool"
    """Where nominees are screened, for whoever was not in the pool, whatever the cause: late,
    returned, or not cleared by then. Coordinators read it; a party reads the next."""
    NOT_TOLD = "not-told"
    """All that a party is told where nominees are screened: any other reason would say whether the
    officer could have had a seat, and with that what came of the screening."""
    PARTY_MAXIMUM_REACHED = "party-maximum-reached"
    """The officer's party has as many seats as it may have."""
    GROUP_MAXIMUM_REACHED = "group-maximum-reached"
    """Officers who share a trait of this dimension have as many seats as they may have."""
    NEEDED_FOR_MINIMUM = "needed-for-minimum"
    """A seat that the order of merit would give goes to a group that must have so many."""
    ORDER_OF_MERIT = "order-of-merit"
    """All who were selected come before the officer by score or rank."""
    LOT = "lot"
    """By score and rank the officer is level with some who were selected; lots were drawn."""
    DECIDED_BY_BOARD = "decided-by-board"
    """The selection board decided otherwise than the order of merit."""
    NOT_DRAWN = "not-drawn"
    """The call was decided by a lottery; the officer had the chance that is shown."""
    IN_NO_PANEL = "in-no-panel"
    """The call was decided by a lottery, and no panel with the officer keeps every quota."""


@dataclass(frozen=True)
class Reason:
    """A code; the dimension it speaks of, where it speaks of one; the chance in a lottery."""

    code: Code
    dimension: str | None = None
    chance: Fraction | None = None

    def __str__(self) -> str:
        about = "" if self.dimension is None else f" ({self.dimension})"
        return f"{self.code}{about}" if self.chance is None else f"{self.code}: {self.chance}"


def why_not_selected(
    call_reference: str,
    seats: int,
    quotas: Iterable[Quota],
    chosen: Sequence[Candidate],
    others: Sequence[Candidate],
) -> tuple[tuple[Reason, ...], ...]:
    """For each of the others the reasons that together kept them out, one as a rule."""
    panel = Panel.of(call_reference, seats, in_order(quotas), chosen)
    counted = counted_by(panel.quotas, others)
    return tuple(
        (Reason(Code.LATE),) if one.late else panel.why_not(merit_of(call_reference, one), touched)
        for one, touched in zip(others, counted, strict=True)
    )


def why_not_drawn(
    chance_of: Callable[[Candidate], Fraction], others: Sequence[Candidate]
) -> tuple[tuple[Reason, ...], ...]:
    """The same for a lottery, by the chance that each who was in time had in it."""
    return tuple(
        (Reason(Code.LATE) if one.late else not_drawn_with(chance_of(one)),) for one in others
    )


def not_drawn_with(chance: Fraction) -> Reason:
    return Reason(Code.NOT_DRAWN, chance=chance) if chance else Reason(Code.IN_NO_PANEL)


@dataclass(frozen=True)
class Panel:
    """Who was chosen: the last by merit of each kind, and how many each quota counts."""

    quotas: Sequence[Quota]
    has_empty_seats: bool
    last_of_kind: Sequence[tuple[frozenset[int], Merit]]
    counts: Sequence[int]

    @classmethod
    def of(
        cls, call_reference: str, seats: int, quotas: Sequence[Quota], chosen: Sequence[Candidate]
    ) -> "Panel":
        counted = counted_by(quotas, chosen)
        merits = [merit_of(call_reference, one) for one in chosen]
        last = [
            (frozenset(touched), max(merits[place] for place in places))
            for touched, places in gathered(counted).items()
        ]
        counts = [sum(place in touched for touched in counted) for place in range(len(quotas))]
        return cls(quotas, len(chosen) < seats, last, counts)

    def why_not(self, merit: Merit, touched: Sequence[int]) -> tuple[Reason, ...]:
        """The reasons for one officer of this merit whom these quotas count."""
        exchanges = [
            sorted(reasons, key=in_order_of_codes)
            for reasons in self._exchanges(merit, frozenset(touched))
        ]
        if exchanges:
            fewest = min(exchanges, key=lambda one: (len(one), [*map(in_order_of_codes, one)]))
            return tuple(fewest) or (Reason(Code.DECIDED_BY_BOARD),)
        level = any(last[:-1] == merit[:-1] for _, last in self.last_of_kind)
        return (Reason(Code.LOT if level else Code.ORDER_OF_MERIT),)

    def _exchanges(self, merit: Merit, coming: frozenset[int]) -> Iterator[set[Reason]]:
        """What forbids each exchange that the order of merit asks for."""
        if self.has_empty_seats:
            yield self._forbidding(coming, frozenset())
        for leaving, last in self.last_of_kind:
            if merit < last:
                yield self._forbidding(coming - leaving, leaving - coming)

    def _forbidding(self, coming: Iterable[int], leaving: Iterable[int]) -> set[Reason]:
        """The bounds that one more here and one less there would pass."""
        full = (self.quotas[n] for n in coming if self.counts[n] == self.quotas[n].maximum)
        short = (self.quotas[n] for n in leaving if self.counts[n] == self.quotas[n].minimum)
        reasons = {Reason(Code.NEEDED_FOR_MINIMUM, quota.dimension) for quota in short}
        for quota in full:
            if quota.dimension == PARTY:
                reasons.add(Reason(Code.PARTY_MAXIMUM_REACHED, PARTY))
            else:
                reasons.add(Reason(Code.GROUP_MAXIMUM_REACHED, quota.dimension))
        return reasons


def in_order_of_codes(reason: Reason) -> tuple[int, str]:
    return list(Code).index(reason.code), reason.dimension or ""
