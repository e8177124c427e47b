"""The selection: the best panel within every quota, not a greedy one, for the seats of a call.

Most seats filled, then most officers of rank 1, then of rank 2, and so on; among panels
still equal the one whose ascending list of lots is the least: of two, the one that holds the
least lot which not both hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .conflicts import what_stands_in_the_way
from .ordering import in_order_of_the_field, lot
from .panels import greatest_worth
from .quotas import Candidate, Obstacle, Quota, in_order


@dataclass(frozen=True)
class Selection:
    """Both in the order of the field."""

    chosen: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...]


@dataclass(frozen=True)
class Infeasible:
    """No panel keeps every quota; the obstacles are what cannot be met, alone or together."""

    obstacles: tuple[Obstacle, ...]


def select(
    call_reference: str, seats: int, quotas: Iterable[Quota], candidates: Iterable[Candidate]
) -> Selection | Infeasible:
    """The best panel of at most `seats`; fewer are filled where the field or a maximum ends.

    Neither ids nor the order of entry matter, and `late` does not either: pass who may be selected.
    Raises ValueError for a negative number of seats and for an officer entered twice."""
    if seats < 0:
        raise ValueError("seats cannot be negative")
    field = in_order_of_the_field(call_reference, candidates)
    refuse_the_same_officer_twice(field)
    asked = in_order(quotas)
    by_lot = sorted(field, key=lambda one: lot(call_reference, one))
    found = greatest_worth(seats, asked, by_lot, worth_of(by_lot))
    if found is None:
        return Infeasible(what_stands_in_the_way(seats, asked, by_lot))
    chosen = {
        (one.party, one.reference)
        for place, one in enumerate(by_lot)
        if found & lot_bit(place, len(by_lot))
    }
    return Selection(
        chosen=tuple(one for one in field if (one.party, one.reference) in chosen),
        waiting=tuple(one for one in field if (one.party, one.reference) not in chosen),
    )


def worth_of(by_lot: Sequence[Candidate]) -> list[int]:
    """One integer per candidate, its digits from the highest: a seat, the rank, the place by lot.

    The counts of seats and ranks never overflow their digits, and each candidate has a lot bit of
    its own, so sums compare as the order of preference says and name the panel they stand for."""
    everyone = len(by_lot)
    digit = everyone.bit_length()
    ranks = sorted({one.rank for one in by_lot}, reverse=True)
    shift_of_rank = {rank: everyone + digit * place for place, rank in enumerate(ranks)}
    seat = 1 << (everyone + digit * len(ranks))
    return [
        seat + (1 << shift_of_rank[one.rank]) + lot_bit(place, everyone)
        for place, one in enumerate(by_lot)
    ]


def lot_bit(place: int, everyone: int) -> int:
    """The bit of the candidate at this place by lot: the least lot has the highest of them."""
    return 1 << (everyone - 1 - place)


def refuse_the_same_officer_twice(field: Sequence[Candidate]) -> None:
    if len({(one.party, one.reference) for one in field}) != len(field):
        raise ValueError("an officer of a party stands in this field twice")
