"""Where no panel keeps every quota, the true obstacles are named and no others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.quotas import (
    SEATS,
    Bound,
    Candidate,
    Obstacle,
    Quota,
)
from services.registration.domain.selection import Infeasible, select
from tests.services.registration.domain.fields import (
    CALL,
    an_officer,
    every_good_panel,
    fields,
    quotas,
)


def as_quotas(obstacles: tuple[Obstacle, ...]) -> list[Quota]:
    return [
        Quota(one.dimension, one.value, minimum=one.needed)
        if one.bound is Bound.MINIMUM
        else Quota(one.dimension, one.value, maximum=one.needed)
        for one in obstacles
    ]


@given(field=fields(largest=8), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=150, deadline=None)
def test_named_obstacles_clash_and_none_is_named_in_vain(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    result = select(CALL, seats, asked, field)
    if not isinstance(result, Infeasible):
        return

    named = as_quotas(result.obstacles)

    assert not every_good_panel(field, len(field), named)
    alone = [one for one in result.obstacles if one.available < one.needed]
    if alone and alone[0].bound is Bound.MINIMUM:
        assert alone == list(result.obstacles)
        assert all(not every_good_panel(field, len(field), [one]) for one in named)
    else:
        for one in named:
            assert every_good_panel(field, len(field), [two for two in named if two is not one])


def test_too_few_women_are_named_with_the_figures() -> None:
    field = [an_officer("1", sex="female"), an_officer("2")]

    result = select(CALL, 2, [Quota("sex", "female", 2), Quota("party", "JO", 1)], field)

    assert result == Infeasible((Obstacle("sex", "female", Bound.MINIMUM, 2, 1),))


def test_minima_beyond_the_seats_are_named_together_with_the_seats() -> None:
    field = [an_officer(str(n), party=party) for n, party in enumerate(["EG", "EG", "JO", "JO"])]

    result = select(
        CALL, 3, [Quota("party", "EG", 2), Quota("party", "JO", 2), Quota("sex", "male", 1)], field
    )

    assert result == Infeasible(
        (
            Obstacle(SEATS, "", Bound.MAXIMUM, 3, 4),
            Obstacle("party", "EG", Bound.MINIMUM, 2, 2),
            Obstacle("party", "JO", Bound.MINIMUM, 2, 2),
        )
    )


def test_a_maximum_that_keeps_a_minimum_out_of_reach_is_named_with_it() -> None:
    women = [an_officer(str(n), party="QA", sex="female") for n in range(3)]
    men = [an_officer(str(n), party="JO") for n in range(3)]

    result = select(CALL, 5, [Quota("party", "QA", 0, 1), Quota("sex", "female", 2)], women + men)

    assert result == Infeasible(
        (
            Obstacle("party", "QA", Bound.MAXIMUM, 1, 3),
            Obstacle("sex", "female", Bound.MINIMUM, 2, 3),
        )
    )
    assert str(result.obstacles[1]) == "sex female: at least 2, and there are 3"
