"""A sheet in any of four languages comes back and says what was known, and what was added."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from services.registration.tables import nomination, person
from shared.contracts.registration import NominationSubmitted, PersonDetailsChanged
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.files import confirms, sends

LANGUAGES = ("ar", "en", "fr", "es")
EVERYTHING: dict[str, Any] = {
    "names": [
        {"script": "Arab", "given": "رانيا", "family": "حداد", "on_passport": True},
        {"script": "Latn", "given": '=HYPERLINK("x")', "family": " +O'Brien "},
    ],
    "sex": "female",
    "unit_name": "-Airport",
    "rank_title": "@Captain",
    "rank_band": "mid",
    "specialisms": ["biometrics", "human_trafficking"],
    "languages": ["fr", "de"],
    "serving_since": "2004-09-01",
    "phone": "+962790001234",
    "wants_sms": True,
    "language": "fr",
}
ADDED: dict[str, Any] = {
    "priority": 3,
    "officer_reference": "00123",
    "given_name": "Omar",
    "family_name": "Qaisi",
    "sex": 2,
    "unit": 1,
    "language": 1,
    "phone": "0790001235",
}
"""What is written below; a number is the place of a word in the list to choose from."""


async def gets_sheet(course: Course, language: str, party: str = "JO") -> bytes:
    """The workbook as a focal point downloads it."""
    address = f"/calls/{course.call_id}/sheet?party={party}&lang={language}"
    answer = await course.points[party].get(address)
    assert answer.status_code == 200, answer.text
    return answer.content


async def with_officers(registration: Registration) -> Course:
    """A call with two nominated, and an officer the party knows beside."""
    course = await a_course(registration, units=[{"unit": "immigration"}, {"unit": "drug_lab"}])
    await course.nominates("JO", 2, **EVERYTHING)
    await course.nominates("JO", 1, unit="drug_lab")
    third = await course.nominates("JO", 3, **{**EVERYTHING, "phone": "+962790001239"})
    await course.points["JO"].post(f"/nominations/{third['id']}/withdrawal")
    await registration.said()
    return course


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_unchanged_sheet_changes_nothing(
    registration: Registration, language: str
) -> None:
    course = await with_officers(registration)
    before = await registration.rows(person), await registration.rows(nomination)

    content = await gets_sheet(course, language)
    read = await sends(course, content)
    await confirms(course, read["id"])
    address = f"/calls/{course.call_id}/rosters?party=JO"
    at_once = (await course.points["JO"].post(address, content=content)).json()

    assert read["rows"] == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0, "undone": 0}
    assert (at_once["nominated"], at_once["details_changed"]) == (0, 0)
    assert await registration.said() == []
    assert (await registration.rows(person), await registration.rows(nomination)) == before


async def test_what_is_filled_in_means_the_same_in_every_language(
    registration: Registration,
) -> None:
    course = await with_officers(registration)
    sheets = [filled_in(await gets_sheet(course, language)) for language in LANGUAGES]

    read = [await sends(course, sheet) for sheet in sheets]
    first = await confirms(course, read[0]["id"])
    others = [await confirms(course, one["id"]) for one in read[1:]]

    said = await registration.said(NominationSubmitted, PersonDetailsChanged)
    new = next(one for one in said if isinstance(one, PersonDetailsChanged))
    assert [one["rows"] for one in read] == [
        {"new": 2, "changed": 0, "unchanged": 2, "refused": 0, "undone": 0}
    ] * 4
    assert first["rows"]["new"] == 2
    assert [one["rows"]["unchanged"] for one in others] == [4] * 3
    assert len(said) == 3
    assert (new.sex, new.phone, new.language) == ("male", "+962790001235", "ar")
    assert sorted(await course.standing()) == ["00123", "JO-001", "JO-002", "JO-003"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_sheet_is_laid_out_for_its_language(
    registration: Registration, language: str
) -> None:
    course = await with_officers(registration)

    book = load_workbook(BytesIO(await gets_sheet(course, language)))

    sheet, lists = book.worksheets
    rules = sheet.data_validations.dataValidation
    chosen = {str(one.sqref).partition(":")[0] for one in rules}
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    assert sheet.freeze_panes == "A3"
    assert (lists.title, lists.sheet_state) == ("cadre", "hidden")
    assert chosen == {"G3", "H3", "K3", "M3", "R3"}
    assert {one.type for one in rules} == {"list"}
    assert [lists.cell(row, 2).value for row in (1, 2, 3)][1:] == ["drug_lab", None]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet.column_dimensions["B"].protection.locked
    assert {sheet.column_dimensions[one].number_format for one in "BQ"} == {"@"}
    assert (sheet["A3"].value, sheet["A4"].value, sheet["A5"].value) == (1, 2, None)


async def test_what_officers_are_called_is_never_a_formula(registration: Registration) -> None:
    course = await with_officers(registration)

    sheet = load_workbook(BytesIO(await gets_sheet(course, "en"))).worksheets[0]

    assert (sheet["C4"].value, sheet["C4"].data_type) == ('=HYPERLINK("x")', "s")
    assert sheet["D4"].value == " +O'Brien "
    assert [
        cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


async def test_a_sheet_is_for_who_nominates_for_the_party(registration: Registration) -> None:
    course = await with_officers(registration)
    address = f"/calls/{course.call_id}/sheet?party=JO"
    auditor = registration.client("auditor")

    seen = [
        (await person.get(address)).status_code
        for person in (course.points["TN"], auditor, course.coordinator)
    ]
    uninvited = await course.coordinator.get(f"/calls/{course.call_id}/sheet?party=XX")

    assert seen == [404, 404, 200]
    assert uninvited.status_code == 404


def filled_in(content: bytes) -> bytes:
    """The officer who is known gets a priority, and another is added below, by the lists."""
    book = load_workbook(BytesIO(content))
    sheet, lists = book.worksheets
    columns = (
        *("priority", "officer_reference", "given_name", "family_name", "given_name_ar"),
        *("family_name_ar", "sex", "unit", "unit_name", "rank_title", "rank_band", "specialisms"),
        *("language", "languages", "serving_since", "email", "phone", "sms"),
    )
    listed = ("sex", "unit", "rank_band", "language", "sms")
    sheet["A5"] = 4
    for column, value in ADDED.items():
        place = columns.index(column) + 1
        chosen = column in listed and isinstance(value, int)
        word = lists.cell(value, listed.index(column) + 1).value if chosen else value
        sheet.cell(6, place, word)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
