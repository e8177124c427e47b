"""A freed seat goes to the first who, with the holders, keeps every quota; otherwise it is held."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.ordering import in_order_of_the_field
from services.registration.domain.quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
    broken_by,
    in_order,
)
from services.registration.domain.relaxations import Change
from services.registration.domain.selection import Selection, select
from services.registration.domain.waiting_list import (
    Held,
    Next,
    PassedOver,
    next_in_order,
    what_would_let_somebody_follow,
)
from tests.services.registration.domain.fields import (
    CALL,
    an_officer,
    every_panel,
    fields,
    quotas,
)


def next_by_trying_all(
    seats: int, asked: list[Quota], holders: list[Candidate], waiting: list[Candidate]
) -> Candidate | None:
    free_afterwards = seats - len(holders) - 1
    if free_afterwards < 0:
        return None
    for one in in_order_of_the_field(CALL, waiting):
        others = [other for other in waiting if other is not one]
        for company in every_panel(others, free_afterwards):
            if not broken_by([*holders, one, *company], asked):
                return one
    return None


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6), held=st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_next_in_order_is_the_one_found_by_trying_all(
    field: list[Candidate], asked: list[Quota], seats: int, held: int
) -> None:
    holders, waiting = field[:held], field[held:]
    expected = next_by_trying_all(seats, asked, holders, waiting)

    result = next_in_order(CALL, seats, asked, holders, waiting)

    if expected is None:
        assert isinstance(result, Held)
        assert result.obstacles
    else:
        assert isinstance(result, Next)
        assert result.candidate == expected


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6), held=st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_everybody_passed_over_is_told_what_stands_in_the_way(
    field: list[Candidate], asked: list[Quota], seats: int, held: int
) -> None:
    holders, waiting = field[:held], field[held:]
    queue = in_order_of_the_field(CALL, waiting)

    result = next_in_order(CALL, seats, asked, holders, waiting)

    before = queue.index(result.candidate) if isinstance(result, Next) else len(queue)
    assert tuple(one.candidate for one in result.passed_over) == queue[:before]
    assert all(one.obstacles for one in result.passed_over)
    if seats - len(holders) == 1:
        for one in result.passed_over:
            assert one.obstacles == broken_by([*holders, one.candidate], asked)


@given(field=fields(), asked=quotas(), seats=st.integers(1, 6), gone=st.integers(1, 4))
@settings(max_examples=75, deadline=None)
def test_seats_given_one_at_a_time_end_in_a_panel_that_keeps_every_quota(
    field: list[Candidate], asked: list[Quota], seats: int, gone: int
) -> None:
    selection = select(CALL, seats, asked, field)
    if not isinstance(selection, Selection):
        return
    holders, waiting = list(selection.chosen[gone:]), list(selection.waiting)
    promoted = 0

    while isinstance(following := next_in_order(CALL, seats, asked, holders, waiting), Next):
        holders.append(following.candidate)
        waiting.remove(following.candidate)
        promoted += 1

    assert len(holders) <= seats
    if promoted:
        assert not broken_by(holders, asked)


def test_who_would_leave_a_minimum_unmet_is_passed_over() -> None:
    holders = [an_officer("1")]
    man, woman = an_officer("2"), an_officer("3", rank=2, sex="female")

    result = next_in_order(CALL, 2, [Quota("sex", "female", 1)], holders, [man, woman])

    too_few = Obstacle("sex", "female", Bound.MINIMUM, 1, 0)
    assert result == Next(woman, (PassedOver(man, (too_few,)),))


def test_with_two_seats_free_the_best_ranked_goes_first_while_the_minimum_stays_in_reach() -> None:
    man, woman = an_officer("2"), an_officer("3", rank=2, sex="female")

    result = next_in_order(CALL, 2, [Quota("sex", "female", 1)], [], [woman, man])

    assert result == Next(man)


def test_who_came_late_comes_after_all_who_were_in_time() -> None:
    late, in_time = an_officer("1", rank=1, late=True), an_officer("2", rank=7)

    result = next_in_order(CALL, 1, [], [], [late, in_time])

    assert result == Next(in_time)


def test_a_seat_nobody_can_take_is_held_and_says_why() -> None:
    holders = [an_officer("1", party="EG")]
    waiting = [an_officer("2"), an_officer("3")]

    result = next_in_order(CALL, 2, [Quota("sex", "female", 1)], holders, waiting)

    too_few = (Obstacle("sex", "female", Bound.MINIMUM, 1, 0),)
    looked_at = in_order_of_the_field(CALL, waiting)
    assert result == Held(too_few, tuple(PassedOver(one, too_few) for one in looked_at))


def test_a_party_at_its_maximum_and_an_empty_list_are_told_apart() -> None:
    holder = an_officer("1")
    most_one = [Quota("party", "JO", 0, 1)]

    other = an_officer("2")

    full = next_in_order(CALL, 2, most_one, [holder], [other])
    empty = next_in_order(CALL, 2, most_one, [holder], [])
    taken = next_in_order(CALL, 1, [], [holder], [])

    at_least_one = Obstacle(SEATS, "", Bound.MINIMUM, 1, 1)
    one_too_many = PassedOver(other, (Obstacle("party", "JO", Bound.MAXIMUM, 1, 2),))
    no_room = Obstacle("party", "JO", Bound.MAXIMUM, 0, 1)
    assert full == Held((no_room, at_least_one), (one_too_many,))
    assert empty == Held((Obstacle(SEATS, "", Bound.MINIMUM, 1, 0),))
    assert taken == Held((Obstacle(SEATS, "", Bound.MAXIMUM, 1, 1),))


@given(field=fields(largest=7), asked=quotas(), seats=st.integers(1, 5), held=st.integers(0, 4))
@settings(max_examples=75, deadline=None)
def test_once_the_quotas_are_relaxed_as_told_somebody_follows(
    field: list[Candidate], asked: list[Quota], seats: int, held: int
) -> None:
    holders, waiting = field[:held], field[held:]
    follows = next_in_order(CALL, seats, asked, holders, waiting)

    told = what_would_let_somebody_follow(seats, asked, holders, waiting)

    if isinstance(follows, Next) or not waiting:
        assert told == ()
    else:
        assert told
    for relaxation in told:
        then = [*asked, Quota(SEATS, "", 0, seats)]
        for change in relaxation.changes:
            then = [changed(one, change) for one in in_order(then)]
        offered = next(one.maximum for one in then if one.dimension == SEATS) or 0
        follows = next_in_order(CALL, offered, then, holders, waiting)
        assert isinstance(follows, Next)


def changed(quota: Quota, change: Change) -> Quota:
    if (quota.dimension, quota.value) != (change.dimension, change.value):
        return quota
    if change.bound is Bound.MINIMUM:
        return replace(quota, minimum=change.to)
    return replace(quota, maximum=change.to)
