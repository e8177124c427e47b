"""The file of nominees: what a spreadsheet opens and never executes."""

import csv
from io import StringIO

import pytest

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


async def test_the_file_opens_with_every_script(registration: Registration) -> None:
    course = await a_course(registration)
    names = [
        {"script": "Latn", "given": '=HYPERLINK("x")', "family": 'Quote "and", comma'},
        {"script": "Arab", "given": "رانيا", "family": "حداد"},
    ]
    await course.nominates("JO", 1, names=names)

    answer = await course.points["JO"].get(f"/calls/{course.call_id}/nominations.csv")

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows[0]["given_name"] == '\'=HYPERLINK("x")'
    assert rows[0]["family_name"] == 'Quote "and", comma'
    assert (rows[0]["given_name_ar"], rows[0]["status"]) == ("رانيا", "submitted")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("", ["party", "priority", "officer_reference", "status"]),
        ("?lang=xx", ["party", "priority", "officer_reference", "status"]),
        ("?lang=en", ["Party", "Priority", "Officer reference", "State"]),
        ("?lang=ar", ["الجهة", "الأولوية", "مرجع الضابط", "الحالة"]),
        ("?lang=fr", ["Partie", "Priorité", "Référence de l’agent", "État"]),
        ("?lang=es", ["Parte", "Prioridad", "Referencia del funcionario", "Estado"]),
    ],
)
async def test_the_heading_is_in_the_language_asked_for(
    registration: Registration, language: str, expected: list[str]
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)

    answer = await course.points["JO"].get(f"/calls/{course.call_id}/nominations.csv{language}")

    heading, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert [*heading[:3], heading[-2]] == expected
    assert (row[0], row[7], row[-2]) == ("JO", "male", "submitted")
