"""A sheet in any of four languages comes back and says what was known, and what was added."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from services.registration.tables import nomination, person
from shared.contracts.registration import NominationSubmitted, PersonDetailsChanged
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_call, a_course
from tests.services.registration.files import confirms, problems_of, sends
from tests.services.registration.made_once import made_once

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
    "specialisms": 5,
    "languages": 3,
    "serving_since": "2011",
    "declaration": 1,
    "declared_on": "2018-03-30",
}
"""What is written below; a number is the place of a word in the list to choose from."""
UNITS = [{"unit": "immigration"}, {"unit": "drug_lab"}]
ASKED: dict[str, Any] = {
    "quotas": [{"dimension": "specialism", "value": "money_trail", "minimum": 1}],
    "eligibility": {"any_language": ["pt", "fr", "ar"]},
}
COLUMNS = (
    *("priority", "officer_reference", "given_name", "family_name", "given_name_ar"),
    *("family_name_ar", "sex", "unit", "unit_name", "rank_title", "rank_band", "specialisms"),
    *("language", "languages", "serving_since", "email", "phone", "sms", "declaration"),
    "declared_on",
)
LISTED = (
    *("sex", "unit", "rank_band", "language", "sms", "specialisms", "languages", "declaration"),
)


async def gets_sheet(course: Course, language: str, party: str = "JO") -> bytes:
    """The workbook as a focal point downloads it."""
    address = f"/calls/{course.call_id}/sheet?party={party}&lang={language}"
    answer = await course.points[party].get(address)
    assert answer.status_code == 200, answer.text
    return answer.content


@made_once
async def with_officers(registration: Registration, **call: Any) -> Course:
    """A call with two nominated, and an officer the party knows beside."""
    course = await a_course(registration, units=UNITS, **call)
    await course.nominates("JO", 2, **EVERYTHING)
    await course.nominates("JO", 1, unit="drug_lab")
    third = await course.nominates("JO", 3, **{**EVERYTHING, "phone": "+962790001239"})
    await course.points["JO"].post(f"/nominations/{third['id']}/withdrawal")
    await registration.said()
    return course


async def asks_for_a_declaration(course: Course, version: str) -> None:
    """From now on the call asks for one."""
    call = a_call(units=UNITS, eligibility={"declaration": version})
    del call["activity_id"]
    address, match = f"/calls/{course.call_id}", {"If-Match": '"1"'}
    answer = await course.coordinator.put(address, json=call, headers=match)
    assert answer.status_code == 200, answer.text
    await course.registration.said()


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
    await asks_for_a_declaration(course, "2018-1")
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
    submitted = next(one for one in said if one is not new and one.person_id == new.person_id)
    assert (new.sex, new.phone, new.language) == ("male", "+962790001235", "ar")
    assert (submitted.specialisms, submitted.languages) == (("biometrics",), ("ar", "fr"))
    listed = await course.points["JO"].get(f"/calls/{course.call_id}/nominations")
    kept = next(one for one in listed.json()["items"] if one["officer_reference"] == "00123")
    assert kept["serving_since"] == "2011-01-01"
    assert kept["declaration"] == {"version": "2018-1", "signed_on": "2018-03-30"}
    assert sorted(await course.standing()) == ["00123", "JO-001", "JO-002", "JO-003"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_sheet_is_laid_out_for_its_language(
    registration: Registration, language: str
) -> None:
    course = await with_officers(registration, **ASKED)

    book = load_workbook(BytesIO(await gets_sheet(course, language)))

    sheet, lists = book.worksheets
    rules = {str(one.sqref).partition(":")[0]: one for one in sheet.data_validations.dataValidation}
    marked = {cell.column_letter for cell in sheet[2] if str(cell.value).endswith(" *")}
    skills, spoken = ([cell.value for cell in column if cell.value] for column in lists["F:G"])
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    assert sheet.freeze_panes == "A3"
    assert (lists.title, lists.sheet_state) == ("cadre", "hidden")
    assert {at for at, one in rules.items() if one.type == "list"} == {
        *("G3", "H3", "K3", "L3", "M3", "N3", "R3")
    }
    assert {at for at, one in rules.items() if one.showErrorMessage} == {
        *("G3", "H3", "K3", "M3", "O3", "R3", "S3", "T3")
    }
    assert {at for at, one in rules.items() if one.prompt} == {"L3", "N3", "O3", "S3", "T3"}
    assert marked == set("ABCDGHM") | set("LN")
    assert (len(skills), skills[-1], spoken[-1]) == (13, "money_trail", "pt")
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


async def test_a_sheet_made_before_there_were_further_columns_comes_back(
    registration: Registration,
) -> None:
    course = await with_officers(registration)
    book = load_workbook(BytesIO(await gets_sheet(course, "ar")))
    for name in ("declared_on", "declaration", "serving_since", "languages", "specialisms"):
        book.worksheets[0].delete_cols(COLUMNS.index(name) + 1)
    before = await registration.rows(person), await registration.rows(nomination)

    read = await sends(course, saved(book))
    await confirms(course, read["id"])

    assert read["rows"] == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0, "undone": 0}
    assert (await registration.rows(person), await registration.rows(nomination)) == before


@pytest.mark.parametrize(
    ("version", "day", "found"),
    [
        ("2018-1", None, ("T", "declaration-without-day")),
        (None, "2018-04-03", ("S", "day-without-declaration")),
        ("2018-1", "2018", ("T", "day-not-usable")),
        ("2018-1", "2018-04-03", ("S", "already-nominated")),
    ],
)
async def test_a_declaration_that_is_not_taken_is_told_of(
    registration: Registration, version: str | None, day: str | None, found: tuple[str, str]
) -> None:
    course = await with_officers(registration)
    book = load_workbook(BytesIO(await gets_sheet(course, "en")))
    book.worksheets[0]["S3"], book.worksheets[0]["T3"] = version, day

    read = await sends(course, saved(book))

    assert await problems_of(course, read["id"]) == [(3, *found)]


def filled_in(content: bytes) -> bytes:
    """The officer who is known gets a priority, and another is added below, by the lists."""
    book = load_workbook(BytesIO(content))
    sheet, lists = book.worksheets
    sheet["A5"], sheet["S5"], sheet["T5"] = 4, "2018-1", "2018-03-30"
    for column, value in ADDED.items():
        chosen = column in LISTED and isinstance(value, int)
        word = lists.cell(value, LISTED.index(column) + 1).value if chosen else value
        sheet.cell(6, COLUMNS.index(column) + 1, word)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
