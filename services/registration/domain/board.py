"""The score of a selection board: the exact mean of what its reviewers gave, in whole numbers.

A reviewer's score of a nomination is the mean of the criteria by their weights; the board's is the
mean over the reviewers whose scores count, that is all who have no conflict of interest:

    sum over reviewers and criteria of (weight x score) / (reviewers x sum of weights)

Of two to four reviewers two at least must count. Twelve can be divided by 2, 3 and 4, so twelve
times the sum of the weights times that mean is a whole number, and nothing is ever rounded."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

LEAST_SCORE, BEST_SCORE = 1, 5
FEWEST_REVIEWERS, MOST_REVIEWERS = 2, 4
PARTS = 12
_FOUR_PLACES = Decimal("0.0001")

Scores = Mapping[str, int]
"""By criterion."""


def board_score(given: Sequence[Scores], weights: Scores) -> int | None:
    """The board's score in parts, one of `parts_of(weights)` to the point; None: too few count.

    Raises KeyError where a criterion was not scored."""
    if len(given) < FEWEST_REVIEWERS:
        return None
    total = sum(weight * one[criterion] for one in given for criterion, weight in weights.items())
    return total * PARTS // len(given)


def parts_of(weights: Scores) -> int:
    """How many parts make one point of the scale."""
    return PARTS * sum(weights.values())


def in_points(score: int, weights: Scores) -> Decimal:
    """A board's score as it is read, on the scale of the reviewers, to four places."""
    return (Decimal(score) / parts_of(weights)).quantize(_FOUR_PLACES, ROUND_HALF_EVEN)
