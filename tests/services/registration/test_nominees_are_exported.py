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
    assert row[0] == "JO"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("", ["female", "ncb", "mid", "biometrics; drugs", "fr; es", "waitlisted"]),
        ("en", ["female", "national central bureau", "middle", "biometrics; drugs"]),
        ("ar", ["أنثى", "المكتب المركزي الوطني", "متوسط", "القياسات الحيوية; drugs"]),
        ("fr", ["femme", "bureau central national", "intermédiaire", "biométrie; drugs"]),
        ("es", ["mujer", "oficina central nacional", "intermedio", "biometría; drugs"]),
    ],
)
async def test_the_cells_are_in_the_language_asked_for(
    registration: Registration, language: str, expected: list[str]
) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates(
        "JO",
        2,
        sex="female",
        unit="ncb",
        rank_band="mid",
        specialisms=["biometrics", "drugs"],
        languages=["fr"],
        language="es",
        serving_since="2004-09-01",
    )
    await course.selects()

    answer = await course.points["JO"].get(
        f"/calls/{course.call_id}/nominations.csv", params={"lang": language}
    )

    *_, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    told = [*row[7:9], *row[11:14], row[-2]]
    assert told[: len(expected)][:4] == expected[:4]
    assert row[14] == "2004-09-01"
    assert ("order-of-merit" in row[-1], row[-1] == "") == (language == "", False)
    assert ("waitlisted" in row) == (language == "")
