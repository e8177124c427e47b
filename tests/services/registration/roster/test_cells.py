"""Each kind of cell is read in any usual writing, and refused with a reason of its own."""

from collections.abc import Mapping
from itertools import chain

import pytest

from services.registration.roster.folding import folded
from services.registration.roster.headings import HEADINGS, column_of
from services.registration.roster.words import (
    LANGUAGE,
    RANK_BAND,
    SEX,
    UNIT,
    YES_OR_NO,
    by_word,
)
from tests.services.registration.roster.files import found, read_roster, with_cell


def test_no_heading_means_two_columns() -> None:
    folded_headings = [
        {folded(heading) for heading in (column, *aliases)} for column, aliases in HEADINGS.items()
    ]

    together = list(chain.from_iterable(folded_headings))

    assert len(together) == len(set(together))


@pytest.mark.parametrize("table", [SEX, UNIT, RANK_BAND, LANGUAGE, YES_OR_NO])
def test_no_word_means_two_things(table: Mapping[str, tuple[str, ...]]) -> None:
    lookup = by_word(table)

    meanings = {(folded(word), code) for code, words in table.items() for word in (code, *words)}

    assert set(lookup.items()) == meanings


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("  GIVEN   name * ", "given_name"),
        ("PRENOM", "given_name"),
        ("Prénom", "given_name"),
        ("Género", "sex"),
        ("الأوْلَوِيّة", "priority"),
        ("الاولويه", "priority"),
        ("الجنــس", "sex"),
        ("\u200fاللغة\u200f", "language"),
        ("إسم العائلة", "family_name_ar"),
        ("E-Mail", "email"),
        ("shoe size", None),
    ],
)
def test_headings_are_known_whatever_their_case_accents_and_spaces(
    heading: str, column: str | None
) -> None:
    known = column_of(heading)

    assert known == column


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("given_name", "", "value-missing"),
        ("given_name", " \u200f ", "value-missing"),
        ("given_name", "Ra\x07nia", "control-character"),
        ("given_name", "Rania\u2028", "control-character"),
        ("given_name", "\u202eainaR", "direction-override"),
        ("family_name", "????", "name-lost-in-conversion"),
        ("family_name", "?? ???-??", "name-lost-in-conversion"),
        ("family_name_ar", "م\ufffdمد", "name-lost-in-conversion"),
        ("family_name", "x" * 201, "value-too-long"),
        ("officer_reference", "x" * 65, "value-too-long"),
        ("officer_reference", "JO\x1f1", "control-character"),
        ("sex", "perhaps", "sex-unknown"),
        ("unit", "catering", "unit-unknown"),
        ("rank_band", "field marshal", "rank-band-unknown"),
        ("language", "Klingon", "language-unknown"),
        ("sms", "maybe", "sms-unknown"),
        ("sms", "oui", "sms-without-phone"),
        ("priority", "0", "priority-not-a-whole-number"),
        ("priority", "1.5", "priority-not-a-whole-number"),
        ("priority", "-1", "priority-not-a-whole-number"),
        ("priority", "9" * 5000, "priority-not-a-whole-number"),
        ("email", "rania", "email-not-usable"),
        ("email", "a@b@example.org", "email-not-usable"),
        ("email", "a b@example.org", "email-not-usable"),
        ("email", "a@example", "email-not-usable"),
        ("email", "a@example..org", "email-not-usable"),
        ("email", "a\u202e@example.org", "email-not-usable"),
        ("email", "a@example.org\nBcc: b@example.org", "email-not-usable"),
        ("phone", "12", "phone-not-usable"),
        ("phone", "call me", "phone-not-usable"),
        ("phone", "9.62791E+11", "phone-lost-in-conversion"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why(column: str, text: str, code: str) -> None:
    roster = read_roster(with_cell(column, text).encode(), region="JO")

    assert found(roster) == [(2, column, code)]
    assert roster.rows == ()


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+Rania",
        " O'Brien ",
        "Zoë",
        "\u2067רניה\u2069",
        "👩🏽‍✈️",
        "Ṫ̈ḧ",
        "ﷺ",
        "Who?",
        "null",
        "名",
    ],
)
def test_naughty_names_are_kept_to_the_byte(name: str) -> None:
    roster = read_roster(with_cell("family_name", name).encode())

    assert roster.rows[0].family_name == name


@pytest.mark.parametrize(
    "written",
    [
        "0790001234",
        "790001234",
        "+962 79 000 1234",
        "00962-79-0001234",
        "962790001234",
        "(079) 000.1234",
        "٠٧٩٠٠٠١٢٣٤",
        "۰۷۹۰۰۰۱۲۳۴",
        "\u202a+962790001234\u202c",
    ],
)
def test_a_phone_number_is_understood_in_any_usual_writing(written: str) -> None:
    roster = read_roster(with_cell("phone", written).encode(), region="JO")

    assert roster.rows[0].phone == "+962790001234"
    assert roster.rows[0].phone_as_written == written


def test_without_a_country_only_international_numbers_are_understood() -> None:
    international = read_roster(with_cell("phone", "00962790001234").encode())
    national = read_roster(with_cell("phone", "0790001234").encode())

    assert international.rows[0].phone == "+962790001234"
    assert found(national) == [(2, "phone", "phone-not-usable")]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("sex", "F", "female"),
        ("sex", "H", "male"),
        ("sex", "Femme", "female"),
        ("sex", "ذَكَر", "male"),
        ("sex", "انثى", "female"),
        ("sex", "Non précisé", "not_stated"),
        ("unit", "Anti-Trafficking", "anti_trafficking"),
        ("unit", "counter_smuggling", "counter_smuggling"),
        ("unit", "مكافحة تهريب المهاجرين", "counter_smuggling"),
        ("unit", "Traite des êtres humains", "anti_trafficking"),
        ("unit", "gestión de fronteras", "border_management"),
        ("language", "ESPAÑOL", "es"),
        ("language", "الانجليزيه", "en"),
        ("priority", "۱۲", 12),
        ("priority", " 007 ", 7),
        ("sms", "لا", False),
        ("rank_band", "Supérieur", "senior"),
        ("email", " r.specimen@example.org ", "r.specimen@example.org"),
    ],
)
def test_words_of_four_languages_are_understood(column: str, text: str, value: object) -> None:
    roster = read_roster(with_cell(column, text).encode())

    assert roster.problems == ()
    assert getattr(roster.rows[0], column) == value
