"""Numbers on papers are random, and forgive how people type but not what."""

from itertools import combinations, count

import pytest

from shared.papers.paper_number import ALPHABET, draw_number, normalised_number


def a_number() -> str:
    steps = count(3, 7)
    return draw_number(lambda n: next(steps) % n)


def test_a_number_is_four_groups_of_characters_nobody_confuses() -> None:
    number = draw_number()

    groups = number.split("-")

    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set(number) <= set(ALPHABET) | {"-"}
    assert len(ALPHABET) == 32
    assert not set(ALPHABET) & set("0O1I")


def test_numbers_do_not_repeat() -> None:
    drawn = {draw_number() for _ in range(2000)}

    assert len(drawn) == 2000
    assert all(normalised_number(number) == number for number in drawn)


def test_case_spaces_dashes_and_digits_of_arabic_are_understood() -> None:
    number = a_number()
    arabic = number.translate({ord("0") + n: 0x660 + n for n in range(10)})
    persian = number.translate({ord("0") + n: 0x6F0 + n for n in range(10)})

    written = [number.lower(), number.replace("-", ""), number.replace("-", " – "), arabic, persian]
    written += [f"\u2066{number}\u2069\n", number.replace("-", "\u00a0")]

    assert {normalised_number(typed) for typed in written} == {number}
    assert arabic != number


@pytest.mark.parametrize("typed", ["", "-", "K7QM", "O" * 16, "ß" * 8, "2" * 17, "2" * 10**6, "é"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    answer = normalised_number(typed)

    assert answer is None


def test_one_wrong_character_never_goes_unnoticed() -> None:
    number = a_number()

    wrong = [
        number[:at] + other + number[at + 1 :]
        for at in range(len(number))
        for other in ALPHABET
        if number[at] not in ("-", other)
    ]

    assert len(wrong) == 16 * 31
    assert not any(map(normalised_number, wrong))


def test_two_characters_exchanged_never_go_unnoticed() -> None:
    plain = a_number().replace("-", "")

    exchanged = []
    for a, b in combinations(range(16), 2):
        swapped = list(plain)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        if swapped != list(plain):
            exchanged.append("".join(swapped))

    assert len(exchanged) > 100
    assert not any(map(normalised_number, exchanged))
