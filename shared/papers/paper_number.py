"""The number printed on a paper: random, readable aloud, with a check character."""

import secrets
import unicodedata
from collections.abc import Callable

# 32 characters of 5 bits, without 0 O 1 I. Fifteen are drawn: 75 bits; the sixteenth checks.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DRAWN, GROUP = 15, 4
_LONGEST_TYPED = 200
_NOISE = frozenset({"Pd", "Zs", "Cf", "Cc"})


def draw_number(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A new number such as `K7QM-2X9R-HT4C-V8WN`; `draw(n)` gives 0 to n - 1."""
    values = [draw(len(ALPHABET)) for _ in range(DRAWN)]
    return _grouped("".join(ALPHABET[value] for value in [*values, _check(values)]))


def normalised_number(typed: str) -> str | None:
    """The number as it is printed, or None where no paper can have it.

    Any case, spaces and dashes of any kind, Arabic and Persian digits are understood.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", typed))).upper()
    values = [ALPHABET.find(character) for character in plain]
    if len(values) != DRAWN + 1 or -1 in values or _check(values[:-1]) != values[-1]:
        return None
    return _grouped(plain)


def _plain(character: str) -> str:
    if unicodedata.category(character) in _NOISE:
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _check(values: list[int]) -> int:
    """Sum of value i times 2^i in the field of 32 elements: one wrong character, or any two
    exchanged, never go unnoticed."""
    total = 0
    for value in values:
        doubled = (total ^ value) << 1
        total = doubled ^ 0b100101 if doubled & 32 else doubled
    return total


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
