"""Where quotas clash, the smallest changes with which they no longer do are found, all of them."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.quotas import (
    SEATS,
    Bound,
    Candidate,
    Quota,
    count_within,
    in_order,
)
from services.registration.domain.relaxations import Change, Relaxation, relaxations
from tests.services.registration.domain.fields import an_officer, every_panel, fields, quotas


def changes_needed(panel: Sequence[Candidate], asked: Sequence[Quota]) -> list[int]:
    """By how much each bound, minimum before maximum, would have to give way for this panel."""
    needed = []
    for quota in asked:
        count = count_within(quota, panel)
        needed.append(max(0, quota.minimum - count))
        needed.append(0 if quota.maximum is None else max(0, count - quota.maximum))
    return needed


def smallest_by_trying_all(
    seats: int,
    quotas: Sequence[Quota],
    candidates: Sequence[Candidate],
    holders: Sequence[Candidate],
    fewest: int,
) -> list[list[int]]:
    """What some panel needs, in order, none that moves all the bounds of one before it."""
    asked = in_order((*quotas, Quota(SEATS, "", 0, seats)))
    needs = {
        tuple(changes_needed((*holders, *panel), asked))
        for panel in every_panel(candidates, len(candidates))
        if len(holders) + len(panel) >= fewest
    }
    last = 2 * [one.dimension for one in asked].index(SEATS)

    def order(one: Sequence[int]) -> tuple[object, ...]:
        moved = [-bool(amount) for amount in one]
        return (sum(one[last : last + 2]), sum(one), -sum(moved), moved, [-n for n in one])

    found: list[tuple[int, ...]] = []
    for one in sorted(needs, key=order):
        if not any(all(map(bool.__le__, map(bool, two), map(bool, one))) for two in found):
            found.append(one)
    return [list(one) for one in found if any(one)]


def as_amounts(relaxation: Relaxation, asked: Sequence[Quota]) -> list[int]:
    amounts = {(one.dimension, one.value, one.bound): one for one in relaxation.changes}
    found = []
    for quota in asked:
        for bound in Bound:
            change = amounts.get((quota.dimension, quota.value, bound))
            found.append(abs(change.to - change.now) if change else 0)
    return found


@given(
    field=fields(largest=7),
    asked=quotas(),
    seats=st.integers(0, 4),
    fewest=st.integers(0, 5),
    held=st.integers(0, 3),
)
@settings(max_examples=150, deadline=None)
def test_relaxations_are_those_found_by_trying_all(
    field: list[Candidate], asked: list[Quota], seats: int, fewest: int, held: int
) -> None:
    holders, candidates = field[:held], field[held:]
    expected = smallest_by_trying_all(seats, asked, candidates, holders, fewest)

    found = relaxations(seats, asked, candidates, holders, fewest)

    every_bound = in_order((*asked, Quota(SEATS, "", 0, seats)))
    assert [as_amounts(one, every_bound) for one in found] == expected[:5]


def test_women_give_way_or_jordan_does() -> None:
    women = [an_officer(str(n), party="JO", sex="female") for n in range(4)]
    men = [an_officer(str(n), party="EG") for n in range(4)]
    asked = [Quota("party", "JO", 0, 2), Quota("sex", "female", 3)]

    found = relaxations(6, asked, [*women, *men])

    assert found == (
        Relaxation((Change("party", "JO", Bound.MAXIMUM, 2, 3),)),
        Relaxation((Change("sex", "female", Bound.MINIMUM, 3, 2),)),
    )
    assert str(found[1]) == "lower the minimum of sex female from 3 to 2"


def test_the_seats_are_the_last_to_give_way() -> None:
    field = [an_officer(str(n), party=party) for n, party in enumerate(["EG", "EG", "JO", "JO"])]

    found = relaxations(3, [Quota("party", "EG", 2), Quota("party", "JO", 2)], field)

    assert [str(one) for one in found] == [
        "lower the minimum of party EG from 2 to 1",
        "lower the minimum of party JO from 2 to 1",
        "raise the number of seats from 3 to 4",
    ]


def test_somebody_who_waits_can_take_the_seat_once_their_party_may_have_one_more() -> None:
    holders = [an_officer("1", party="JO"), an_officer("2", party="EG")]
    waiting = [an_officer("3", party="JO"), an_officer("4", party="JO")]

    found = relaxations(3, [Quota("party", "JO", 0, 1)], waiting, holders, fewest=3)

    assert found == (Relaxation((Change("party", "JO", Bound.MAXIMUM, 1, 2),)),)


def test_nothing_is_told_where_nothing_has_to_change_or_no_change_is_enough() -> None:
    field = [an_officer("1")]

    fine = relaxations(1, [Quota("party", "JO", 1)], field)
    too_few = relaxations(3, [], field, fewest=2)

    assert fine == too_few == ()
