"""Numbers split by sex, and the share of women in them."""

from decimal import Decimal

import pytest

from services.reporting.domain.split import Split, split


def test_sexes_are_counted_apart() -> None:
    numbers = [("female", 1), ("male", 1), ("not_stated", 1), ("male", 1)]

    counted = split(numbers)

    assert counted == Split(women=1, men=2, not_stated=1)
    assert counted.total == 4


@pytest.mark.parametrize(
    ("women", "men", "not_stated", "share"),
    [(1, 2, 0, "33.3"), (2, 1, 0, "66.7"), (1, 0, 7, "12.5"), (0, 3, 0, "0.0"), (5, 0, 0, "100.0")],
)
def test_the_share_of_women_is_of_all_to_one_decimal(
    women: int, men: int, not_stated: int, share: str
) -> None:
    counted = Split(women, men, not_stated)

    assert counted.women_share == Decimal(share)


def test_nobody_has_no_share() -> None:
    nobody = Split()

    assert nobody.women_share is None
