"""A number of people or places, split by sex: every participation figure can be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ORDER = ("female", "male", "not_stated")
"""By which of them a person is counted who appears with several: a stated one goes first."""


@dataclass(frozen=True, slots=True)
class Split:
    """How many women, men, and officers whose sex is not stated."""

    women: int = 0
    men: int = 0
    not_stated: int = 0

    @property
    def total(self) -> int:
        """All of them together."""
        return self.women + self.men + self.not_stated

    @property
    def women_share(self) -> Decimal | None:
        """Women per cent of all, those not stated included, to one decimal; None of nobody."""
        if not self.total:
            return None
        share = Decimal(100 * self.women) / self.total
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def split(counted: Iterable[tuple[str, int]]) -> Split:
    """Add up numbers of each sex, as the published language spells it."""
    numbers: Counter[str] = Counter()
    for sex, number in counted:
        numbers[sex] += number
    return Split(*(numbers[sex] for sex in ORDER))
