"""The score of a board is an exact mean: compared with fractions, and never rounded."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain.board import board_score, in_points, parts_of

SCORES = st.integers(1, 5)
BOARDS = st.integers(1, 3).flatmap(
    lambda criteria: st.tuples(
        st.lists(st.integers(1, 100), min_size=criteria, max_size=criteria),
        st.lists(st.lists(SCORES, min_size=criteria, max_size=criteria), min_size=2, max_size=4),
    )
)


@given(BOARDS)
def test_the_score_is_the_mean_of_means_exactly(board: tuple[list[int], list[list[int]]]) -> None:
    weights = {f"c{place}": weight for place, weight in enumerate(board[0])}
    scores = [{f"c{place}": one for place, one in enumerate(given)} for given in board[1]]

    found = board_score(scores, weights)

    means = [
        Fraction(sum(weights[name] * one[name] for name in weights), sum(weights.values()))
        for one in scores
    ]
    assert found is not None
    assert Fraction(found, parts_of(weights)) == sum(means) / len(means)


def test_fewer_than_two_reviewers_give_no_score() -> None:
    assert board_score([], {"role": 1}) is None
    assert board_score([{"role": 5}], {"role": 1}) is None


def test_points_are_read_to_four_places() -> None:
    weights = {"role": 1}

    score = board_score([{"role": 1}, {"role": 2}, {"role": 2}], weights)

    assert score is not None
    assert in_points(score, weights) == Decimal("1.6667")
