"""A family name is found however it is spelled, in any script on record."""

import pytest

from shared.papers.family_name import same_family_name


@pytest.mark.parametrize(
    ("typed", "on_record"),
    [
        ("BEN AISSA", "Ben-Aïssa"),
        ("oconnor", "O’Connor"),
        ("Ould  Ahmed\u200f", "Ould-Ahmed"),
        ("Nunez", "Núñez"),
        ("STRASSE", "Straße"),
        ("Sorensen", "Sørensen"),
        ("Al Haʿdi", "al-Ha'di"),
        ("ﬁcus", "Ficus"),
        ("احمد", "أحمد"),
        ("اسلام", "إسلام"),
        ("الاء", "آلاء"),
        ("فاطمه", "فاطمة"),
        ("مصطفي", "مصطفى"),
        ("مُحَمَّـــد", "محمد"),
        ("رووف", "رؤوف"),
        ("رايد", "رائد"),
        ("ﻻشين", "لاشين"),
        ("کریم", "كريم"),
    ],
)
def test_spellings_of_one_name_match(typed: str, on_record: str) -> None:
    either_way = same_family_name(typed, [on_record]), same_family_name(on_record, [typed])

    assert either_way == (True, True)


@pytest.mark.parametrize(
    ("typed", "on_record"),
    [("Haddad", "Hadad"), ("محمد", "محمود"), ("Nasser", "ناصر"), ("Ali", "Al")],
)
def test_other_names_do_not_match(typed: str, on_record: str) -> None:
    answer = same_family_name(typed, [on_record])

    assert answer is False


def test_any_script_on_record_will_do() -> None:
    on_record = ["Haddad", "حدّاد"]

    answers = [same_family_name(typed, on_record) for typed in ("حداد", "HADDAD", "Nasser")]

    assert answers == [True, True, False]


@pytest.mark.parametrize("typed", ["", " ", "-", "'", "ـ", "ء", "\u202e", "َ", "x" * 10**6])
def test_nothing_matches_nothing(typed: str) -> None:
    answer = same_family_name(typed, ["", "-", typed])

    assert answer is False
