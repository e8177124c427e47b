"""Every reason given to who was not selected is true, by the exchange that it speaks of."""

from collections.abc import Iterator, Sequence
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.lottery.fair import fair_lottery
from services.registration.domain.lottery.published import Lottery
from services.registration.domain.quotas import (
    PARTY,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    broken_by,
)
from services.registration.domain.reasons import (
    Code,
    Reason,
    why_not_drawn,
    why_not_selected,
)
from services.registration.domain.selection import Selection, select
from tests.services.registration.domain.fields import (
    CALL,
    an_officer,
    fields,
    preference,
    quotas,
)


def in_time(field: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in field if not one.late]


def better_panels(
    chosen: tuple[Candidate, ...], officer: Candidate, seats: int, ranks: Sequence[int]
) -> Iterator[tuple[Candidate, ...]]:
    """The panels with the officer, in an empty seat or somebody's, that merit would prefer."""
    places = [chosen[:n] + chosen[n + 1 :] for n in range(len(chosen))]
    if len(chosen) < seats:
        places.append(chosen)
    for others in places:
        panel = (*others, officer)
        if preference(panel, ranks) < preference(chosen, ranks):
            yield panel


def as_reason(obstacle: Obstacle) -> Reason:
    if obstacle.bound is Bound.MINIMUM:
        return Reason(Code.NEEDED_FOR_MINIMUM, obstacle.dimension)
    if obstacle.dimension == PARTY:
        return Reason(Code.PARTY_MAXIMUM_REACHED, PARTY)
    return Reason(Code.GROUP_MAXIMUM_REACHED, obstacle.dimension)


@given(field=fields(largest=10), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=133, deadline=None)
def test_without_the_bounds_named_the_officer_would_be_in_a_better_panel_and_no_fewer_do(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    selection = select(CALL, seats, asked, in_time(field))
    if not isinstance(selection, Selection):
        return
    ranks = sorted({one.rank for one in field})

    found = why_not_selected(CALL, seats, asked, selection.chosen, selection.waiting)

    for officer, reasons in zip(selection.waiting, found, strict=True):
        panels = list(better_panels(selection.chosen, officer, seats, ranks))
        forbidden = [set(map(as_reason, broken_by(panel, asked))) for panel in panels]
        if panels:
            assert set(reasons) in forbidden
            assert len(reasons) == min(map(len, forbidden)) > 0
        else:
            level = [
                (one.score, one.rank) == (officer.score, officer.rank) for one in selection.chosen
            ]
            assert reasons == (Reason(Code.LOT if any(level) else Code.ORDER_OF_MERIT),)


@given(field=fields(largest=10), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_no_reason_names_a_value_or_another_partys_officer(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    selection = select(CALL, seats, asked, in_time(field))
    if not isinstance(selection, Selection):
        return
    dimensions = {quota.dimension for quota in asked}

    found = why_not_selected(CALL, seats, asked, selection.chosen, selection.waiting)

    for reasons in found:
        for one in reasons:
            assert one.chance is None
            assert one.dimension is None or one.dimension in dimensions


def test_each_reason_is_given_where_it_belongs() -> None:
    chosen = [an_officer("1", party="JO", score=9), an_officer("2", party="EG", score=5)]
    woman = an_officer("3", party="EG", sex="female", rank=4, score=1)
    asked = [Quota("party", "JO", 0, 1), Quota("sex", "female", 1), Quota("language", "fr", 0, 0)]
    others = [
        an_officer("4", party="JO", score=8),
        an_officer("5", party="EG", score=4),
        an_officer("6", party="EG", score=0),
        an_officer("7", party="QA", score=6, languages=["fr"]),
        an_officer("8", party="EG", score=5, late=True),
    ]

    found = why_not_selected(CALL, 3, asked, [*chosen, woman], others)

    assert found[0] == (Reason(Code.PARTY_MAXIMUM_REACHED, "party"),)
    assert found[1] == (Reason(Code.NEEDED_FOR_MINIMUM, "sex"),)
    assert found[2] == (Reason(Code.ORDER_OF_MERIT),)
    assert found[3] == (Reason(Code.GROUP_MAXIMUM_REACHED, "language"),)
    assert found[4] == (Reason(Code.LATE),)


def test_of_two_whom_only_the_lot_tells_apart_the_other_is_told_so() -> None:
    selection = select(CALL, 1, [], [an_officer("1"), an_officer("2"), an_officer("3", rank=2)])
    assert isinstance(selection, Selection)

    found = why_not_selected(CALL, 1, [], selection.chosen, selection.waiting)

    assert found == ((Reason(Code.LOT),), (Reason(Code.ORDER_OF_MERIT),))


def test_who_was_passed_over_with_no_quota_in_the_way_is_told_that_the_board_decided() -> None:
    chosen, better = an_officer("1", score=3), an_officer("2", score=8)

    found = why_not_selected(CALL, 1, [Quota("sex", "male", 1)], [chosen], [better])

    assert found == ((Reason(Code.DECIDED_BY_BOARD),),)


def test_after_a_lottery_the_chance_is_told() -> None:
    field = [an_officer(str(n)) for n in range(4)]
    barred, late = an_officer("9", party="QA"), an_officer("8", late=True)
    lottery = fair_lottery(CALL, 1, [Quota("party", "QA", 0, 0)], [*field, barred])
    assert isinstance(lottery, Lottery)

    found = why_not_drawn(lottery.chance_of, [*field[1:], barred, late])

    assert [reasons[0].code for reasons in found] == [
        *(Code.NOT_DRAWN for _ in field[1:]),
        Code.IN_NO_PANEL,
        Code.LATE,
    ]
    assert found[0][0].chance == pytest.approx(0.25)


def test_thousands_have_their_reasons_in_a_moment() -> None:
    field = [
        an_officer(str(n), f"P{n % 40}", n % 50, ("male", "female")[n % 3 == 0], str(n % 4))
        for n in range(5000)
    ]
    asked = [*(Quota("party", f"P{n}", 1, 6) for n in range(40)), Quota("sex", "female", 90)]
    started = process_time()

    found = why_not_selected(CALL, 200, asked, field[:200], field[200:])

    assert process_time() - started < 3
    assert len(found) == 4800
