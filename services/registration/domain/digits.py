"""An order of preference read like a number: its first digit decides, then the second …

Several digits are asked for at once, packed in one gain per column that the solver still tells
apart without a doubt; what was found is kept before the next are asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .programs import Program

LARGEST_GAIN = 1000


@dataclass(frozen=True)
class Digit:
    """How many are taken of some columns: from 0 to `most`, the more the better."""

    columns: Sequence[int]
    most: int


def settle(program: Program, digits: Sequence[Digit], in_all: int) -> list[int] | None:
    """Give each digit the greatest value that those before it leave, and keep it from now on.

    Stops once `in_all` are taken: what is left are zeros. None: nothing keeps the program's rows.
    No column may stand in two digits."""
    values: list[int] = []
    for together in packed(digits):
        if values and sum(values) == in_all:
            break
        found = program.greatest(gains(together))
        if found is None:
            return None
        for digit in together:
            value = sum(found[column] for column in digit.columns)
            program.keep(digit.columns, value, value)
            values.append(value)
    return values


def packed(digits: Sequence[Digit]) -> Iterator[list[Digit]]:
    """As many digits at a time as one number of at most `LARGEST_GAIN` can hold, at least one."""
    together: list[Digit] = []
    largest = 1
    for digit in digits:
        if together and largest * (digit.most + 1) > LARGEST_GAIN:
            yield together
            together, largest = [], 1
        together.append(digit)
        largest *= digit.most + 1
    if together:
        yield together


def gains(digits: Sequence[Digit]) -> Counter[int]:
    """What one of each column adds to the number that these digits write."""
    found: Counter[int] = Counter()
    gain = 1
    for digit in reversed(digits):
        found.update(dict.fromkeys(digit.columns, gain))
        gain *= digit.most + 1
    return found
