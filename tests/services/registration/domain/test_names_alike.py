"""Names that may be one person's: suggested, never certain."""

import pytest

from services.registration.domain.alike import (
    SUGGESTED,
    NameIndex,
    likeness,
    words_of,
)
from services.registration.roster.folding import folded


def words(name: str) -> frozenset[str]:
    """The words of a name as they are compared."""
    return words_of(folded(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed Al-Haddad", "HADDAD Mohamed"),
        ("Mohamed Haddad", "Muhammad Hadad"),
        ("Yusuf Khalid", "Youssef Khaled"),
        ("أحمد الخطيب", "احمد الخطيب"),
        ("فاطمة الزهراء", "فاطمه الزهرا"),
        ("Fatima Zahra Benali", "Fatima Benali"),
        ("José Núñez", "Jose Nunez"),
        ("Capt. Rania Haddad", "Rania Hadad"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert likeness(words(one), words(other)) >= SUGGESTED


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mohamed Haddad", "Rania Khoury"), ("Ahmed Salem", "Ahmed Nasser"), ("", "Rania")],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert likeness(words(one), words(other)) < SUGGESTED


def test_the_likest_comes_first_among_many() -> None:
    crowd = [(f"officer {n}", words(f"Mohamed Family{n}")) for n in range(500)]
    index = NameIndex([*crowd, ("same", words("Rania Haddad")), ("alike", words("Ranya Hadad"))])

    found = index.alike([words("Rania Haddad")])

    assert list(found) == ["same", "alike"]
    assert found["same"] == 1
