"""What a solver says is not possible is proved by ourselves where it can be, and tried out here."""

from collections.abc import Sequence
from itertools import product
from unittest.mock import Mock

import pytest
from highspy import HighsModelStatus
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.kinds import counted_by, gathered
from services.registration.domain.narrowing import Narrowing
from services.registration.domain.panels import can_be_met, most_seats
from services.registration.domain.programs import (
    Program,
    SolverDisagrees,
    TakesTooLong,
    finds_the_best,
    within,
)
from services.registration.domain.proofs import WHOLE, proof_of
from services.registration.domain.quotas import Candidate, Quota, in_order
from services.registration.domain.relaxations import Relaxation, relaxations
from services.registration.domain.selection import Infeasible, Selection, select
from tests.services.registration.domain.fields import (
    CALL,
    an_officer,
    every_good_panel,
    fields,
    quotas,
)

SMALL = st.integers(-3, 3)
PRICES = st.floats(-5, 5, allow_nan=False)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    most = draw(st.lists(st.integers(0, 2), min_size=1, max_size=5))
    program = Program(most)
    for _ in range(draw(st.integers(0, 3))):
        coefficients = {column: draw(SMALL) for column in range(len(most))}
        least, width = draw(SMALL), draw(st.integers(0, 4))
        ends = draw(st.sampled_from(((least, None), (None, least), (least, least + width))))
        program.keep_weighted(coefficients, *ends)
    return program


def solutions(program: Program) -> list[tuple[int, ...]]:
    ends = zip(program.least, program.most, strict=True)
    everything = product(*(range(least, most + 1) for least, most in ends))
    return [one for one in everything if program.keeps(one)]


@given(program=programs(), gains=st.lists(SMALL, min_size=5, max_size=5), prices=st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_prices_are_tried_what_they_prove_holds(
    program: Program, gains: list[int], prices: st.DataObject
) -> None:
    wished = dict(enumerate(gains[: len(program.most)]))
    tried = [prices.draw(PRICES) for _ in program.rows]

    proof = proof_of(program, wished, tried)

    for one in solutions(program):
        value = sum(one[column] * gain for column, gain in wished.items())
        assert value * WHOLE <= proof.at_most
        for column, steps in proof.room(value).items():
            end = program.most if proof.slopes[column] > 0 else program.least
            assert abs(one[column] - end[column]) <= steps


@given(program=programs(), wishes=st.lists(st.sets(st.integers(0, 4)), max_size=4))
@settings(max_examples=150, deadline=None)
def test_wishes_are_settled_as_by_trying_every_solution(
    program: Program, wishes: list[set[int]]
) -> None:
    digits = [[one for one in wish if one < len(program.most)] for wish in wishes]
    everything = solutions(program)

    found = Narrowing.of(program, {})
    if found is not None:
        found.settle(digits)

    if found is None:
        assert not everything
    else:
        assert written(found.best, digits) == max(written(one, digits) for one in everything)


def written(solution: Sequence[int], digits: Sequence[Sequence[int]]) -> list[int]:
    return [sum(solution[column] for column in digit) for digit in digits]


@given(field=fields(largest=8), asked=quotas(), seats=st.integers(0, 6))
@settings(max_examples=150, deadline=None)
def test_quotas_are_called_impossible_only_where_no_panel_keeps_them(
    field: list[Candidate], asked: list[Quota], seats: int
) -> None:
    good = every_good_panel(field, seats, asked)
    one_a_value = in_order(asked)
    kinds = gathered(counted_by(one_a_value, field))

    possible = can_be_met(seats, one_a_value, field)
    filled = most_seats(seats, one_a_value, [(kind, len(who)) for kind, who in kinds.items()])

    assert possible == bool(good)
    assert filled == max(map(len, good), default=None)


@pytest.mark.parametrize("women", [1, 3])
def test_time_that_is_over_is_never_read_as_impossible(women: int) -> None:
    field = [an_officer(str(place), sex="female" if place < 2 else "male") for place in range(9)]
    asked = [Quota("sex", "female", women, women + 1), Quota("party", "JO", 2, 4)]

    for question in (select_for, can_be_met_for, what_would_do_for):
        with pytest.raises(TakesTooLong), within(0):
            question(field, asked)

    assert isinstance(select_for(field, asked), Selection if women == 1 else Infeasible)


@pytest.mark.parametrize("ended", sorted(HighsModelStatus.__members__))
def test_only_what_is_infeasible_is_read_as_impossible(ended: str) -> None:
    class Solver(Mock):
        def getModelStatus(self) -> HighsModelStatus:  # noqa: N802
            return HighsModelStatus.__members__[ended]

    solver = Solver(**{"getRunTime.return_value": 0.0})

    match ended:
        case "kOptimal":
            assert finds_the_best(solver)
        case "kInfeasible" | "kUnboundedOrInfeasible":
            assert not finds_the_best(solver)
        case "kTimeLimit":
            with pytest.raises(TakesTooLong):
                finds_the_best(solver)
        case _:
            with pytest.raises(SolverDisagrees):
                finds_the_best(solver)


def select_for(field: list[Candidate], asked: list[Quota]) -> Selection | Infeasible:
    return select(CALL, 4, asked, field)


def can_be_met_for(field: list[Candidate], asked: list[Quota]) -> bool:
    return can_be_met(4, in_order(asked[1:]), field)


def what_would_do_for(field: list[Candidate], asked: list[Quota]) -> tuple[Relaxation, ...]:
    return relaxations(4, asked, field)
