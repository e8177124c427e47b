"""Columns are guessed by their headings, by headings much like them, and by their cells."""

import pytest

from services.registration.past.fields import FIELDS, HEADINGS, UNREAD
from services.registration.past.guessing import guess
from services.registration.roster.folding import folded

PARTIES = {"jordan": "JO", "tunisia": "TN", "jo": "JO", "tn": "TN"}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["No.", "Officer ref", "First name", "Surname", "Country", "Course", "End date"],
            [None, "officer_reference", "given_name", "family_name", "party", "title", "held_on"],
        ),
        (
            ["Matricule", "Nom", "Prénom", "Sexe", "Pays", "Code stage", "Début", "Fin"],
            [
                *("officer_reference", "family_name", "given_name", "sex", "party", "code"),
                *("from_on", "held_on"),
            ],
        ),
        (
            ["Apellidos", "Nombre", "País", "Curso", "Fecha de fin", "Resultado"],
            ["family_name", "given_name", "party", "title", "held_on", "outcome"],
        ),
        (
            ["م", "اسم المشارك", "الدولة", "عنوان الدوره", "تاريخ الدورة", "النتيجة"],
            [None, "full_name_ar", "party", "title", "held_on", "outcome"],
        ),
        (
            ["Particpant Name", "Countrry", "Course titel", "Dates of the course", "Completed?"],
            ["full_name", "party", "title", "held_on", "outcome"],
        ),
    ],
)
def test_headings_of_four_languages_are_known_however_spelled(
    headings: list[str], fields: list[str | None]
) -> None:
    found = guess(headings, [[] for _ in headings], PARTIES)

    assert [one.field for one in found] == fields


def test_cells_tell_where_headings_do_not() -> None:
    columns = [
        ["JO-001", "JO-002", "TN-3"],
        ["f", "m", "f"],
        ["Jordan", "Tunisia", "Jordan"],
        ["2018-06-28", "June 2017", "2016"],
        ["AMM-01", "AMM-01", "AMM-01"],
        ["Amman", "Tunis", "Cairo"],
    ]

    found = guess(["A", "B", "C", "D", "E", "F"], columns, PARTIES)

    assert [(one.field, one.because) for one in found] == [
        *(("officer_reference", "cells"), ("sex", "cells"), ("party", "cells")),
        *(("held_on", "cells"), ("code", "cells"), (None, "none")),
    ]


def test_two_columns_never_get_one_meaning_and_the_surer_has_it() -> None:
    found = guess(["Date of birth or so", "End date"], [["2018-06-28"] * 3] * 2, {})

    assert [one.field for one in found].count("held_on") == 1
    assert found[1].field == "held_on"


def test_no_heading_means_two_things() -> None:
    meant: dict[str, set[str]] = {}
    for field in FIELDS:
        for one in (field, *HEADINGS[field]):
            meant.setdefault(folded(one), set()).add(field)

    assert {word: fields for word, fields in meant.items() if len(fields) > 1} == {}
    assert not UNREAD & meant.keys()
