"""A fair lottery for a call: who is alike, the fairest chances, and the panels to be published."""

from collections.abc import Iterable, Sequence

from ..conflicts import what_stands_in_the_way
from ..kinds import counted_by, gathered, that_can_bind
from ..ordering import refuse_the_same_officer_twice
from ..panels import most_seats
from ..quotas import Candidate, Quota, in_order
from ..selection import Infeasible
from .leximin import Progress, Told, fairest
from .published import Kind, Lottery, with_tickets
from .search import Search


def nobody_is_told(progress: Progress) -> None:
    """For who does not wait."""


def fair_lottery(
    call_reference: str,
    seats: int,
    quotas: Iterable[Quota],
    candidates: Iterable[Candidate],
    told: Told = nobody_is_told,
) -> Lottery | Infeasible:
    """Panels of as many officers as the quotas let be seated, with the fairest chances.

    Neither ids, nor rank, nor score, nor the order of entry matter: everything is in the order of
    party and reference before it comes to the solver. Minutes for thousands of officers: `told`
    hears of the progress, and what it raises ends the search. Raises ValueError for an officer
    entered twice."""
    field = sorted(candidates, key=lambda one: (one.party, one.reference))
    refuse_the_same_officer_twice(field)
    asked = that_can_bind(quotas, field)
    alike = gathered(counted_by(asked, field))
    kinds = [(touched, len(places)) for touched, places in alike.items()]
    filled = most_seats(seats, asked, kinds)
    if filled is None:
        return Infeasible(what_stands_in_the_way(seats, in_order(quotas), field))
    shares = fairest(Search(filled, asked, kinds), told)
    return Lottery(
        call_reference,
        filled,
        asked,
        tuple(Kind(touched, submitted(field, places)) for touched, places in alike.items()),
        with_tickets(shares.panels, shares.chances),
        shares.within,
    )


def submitted(field: Sequence[Candidate], places: Iterable[int]) -> tuple[tuple[str, str], ...]:
    return tuple((field[place].party, field[place].reference) for place in places)
