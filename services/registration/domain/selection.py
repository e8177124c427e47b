"""The selection: the best panel within every quota, not a greedy one, for the seats of a call.

Most seats filled. Then the scores of the board, from the best down: of two panels the one with more
officers of the best score that there is, then of the next best, and so on; who was not scored comes
after all who were. Then, over all its officers, most of rank 1, then of rank 2, and so on. Among
panels still equal the one whose ascending list of lots is the least: of two, the one that holds the
least lot which not both hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .conflicts import what_stands_in_the_way
from .ordering import (
    by_score,
    in_order_of_the_field,
    lot,
    refuse_the_same_officer_twice,
)
from .panels import best_panel
from .quotas import (
    Candidate,
    Obstacle,
    Quota,
    in_order,
)


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
    merits = [classes([by_score(one) for one in by_lot]), [one.rank for one in by_lot]]
    found = best_panel(seats, asked, by_lot, merits)
    if found is None:
        return Infeasible(what_stands_in_the_way(seats, asked, by_lot))
    chosen = {(by_lot[place].party, by_lot[place].reference) for place in found}
    return Selection(
        chosen=tuple(one for one in field if (one.party, one.reference) in chosen),
        waiting=tuple(one for one in field if (one.party, one.reference) not in chosen),
    )


def classes(keys: Sequence[tuple[bool, Decimal | int]]) -> list[int]:
    """For each key its place among all the different ones, the least first."""
    place_of = {key: place for place, key in enumerate(sorted(set(keys)))}
    return [place_of[key] for key in keys]
