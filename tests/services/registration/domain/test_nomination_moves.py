"""A nomination moves only where the table lets it."""

import pytest

from services.registration.domain.nomination import (
    MOVES,
    MoveNotOpen,
    NominationState,
    holds_a_seat,
    is_final,
    move,
)

State = NominationState


@pytest.mark.parametrize(
    "way",
    [
        (State.DRAFTED, State.SUBMITTED, State.SELECTED, State.CONFIRMED, State.REPLACED),
        (State.DRAFTED, State.SUBMITTED, State.RETURNED, State.SUBMITTED, State.INELIGIBLE),
        (State.SUBMITTED, State.WAITLISTED, State.SELECTED, State.DECLINED),
        (State.SUBMITTED, State.SELECTED, State.EXPIRED),
        (State.SUBMITTED, State.NOT_SELECTED),
        (State.CONFIRMED, State.WITHDRAWN),
        (State.CONFIRMED, State.NOT_SELECTED),
    ],
)
def test_the_ways_of_the_field_are_open(way: tuple[NominationState, ...]) -> None:
    state = way[0]

    for to in way[1:]:
        following = move(state, to)
        assert following is to
        state = to


def test_a_move_that_is_not_open_is_refused_with_those_that_are() -> None:
    refused = move(State.CONFIRMED, State.SELECTED)

    assert refused == MoveNotOpen(
        State.CONFIRMED, State.SELECTED, (State.NOT_SELECTED, State.WITHDRAWN, State.REPLACED)
    )


def test_every_state_has_its_line_and_can_be_reached() -> None:
    reached = {to for moves in MOVES.values() for to in moves} | {State.DRAFTED}

    assert set(MOVES) == set(State)
    assert reached == set(State)


def test_only_offered_and_confirmed_nominations_hold_a_seat() -> None:
    holding = {state for state in State if holds_a_seat(state)}

    assert holding == {State.SELECTED, State.CONFIRMED}
    assert not any(is_final(state) for state in holding)
