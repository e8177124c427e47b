"""That no solution of a program has more than so much of something: proved in whole numbers.

The prices of a linear program say how. Whatever prices are tried, what they prove holds: a sum of
gains is the prices times the rows, and what is left of each column; ends of rows and columns say
how much each can be at most. Prices that are a little off only prove a little less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .programs import Program

WHOLE = 1 << 40
"""What proofs count one as: prices are rounded to such parts."""


@dataclass(frozen=True)
class Proof:
    """A sum of gains is at most `at_most`, less the slope of a column for each step of it away from
    its better end; both in parts. Columns without a slope are closed, or may be anything."""

    at_most: int
    slopes: Mapping[int, int]

    def allows(self, value: int) -> bool:
        """Whether the sum may be so much, as far as this proves."""
        return self.at_most >= value * WHOLE

    def rests_on(self, column: int, gains: Mapping[int, int]) -> bool:
        """Whether it would prove less if this column gave nothing."""
        return self.slopes.get(column, 0) != gains[column] * WHOLE

    def room(self, value: int) -> Mapping[int, int]:
        """How many steps columns may go from their better end, where the sum is to be `value`."""
        slack = self.at_most - value * WHOLE
        return {column: slack // abs(slope) for column, slope in self.slopes.items()}


def proof_of(program: Program, gains: Mapping[int, int], prices: Sequence[float]) -> Proof:
    """What these prices, one for each row, prove of the sum of the gains."""
    slopes = [gains.get(column, 0) * WHOLE for column in range(len(program.most))]
    at_most = 0
    for row, price in zip(program.rows, prices, strict=True):
        end = row.most if price > 0 else row.least
        parts = round(price * WHOLE)
        if not parts or end is None:
            continue
        at_most += parts * end
        for column, times in row.coefficients.items():
            slopes[column] -= parts * times
    for slope, least, most in zip(slopes, program.least, program.most, strict=True):
        at_most += slope * (most if slope > 0 else least)
    open_ = zip(slopes, program.least, program.most, strict=True)
    return Proof(at_most, {n: s for n, (s, least, most) in enumerate(open_) if s and least < most})
