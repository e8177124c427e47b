"""Screening: a list goes to the vetting office, and its results come back in a file."""

import json
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest

from services.registration.tables import screening, screening_result
from shared.contracts.registration import ScreeningDecided
from tests.services.registration.building import Registration
from tests.services.registration.course import the_activity
from tests.services.registration.screened import (
    CSV,
    OF_PROJECT,
    a_screened_course,
    comes_back,
    goes_out,
    standing,
)


async def test_grounds_are_refused_and_other_columns_not_read(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    one = known["Given 1"]

    by_heading = await comes_back(course, f"{one},cleared,suspect", header="reference,result,Motif")
    by_look = await comes_back(
        course, f"{one},cleared,was seen with somebody else", header="reference,result,X"
    )
    in_result = await comes_back(course, f"{one},not cleared: smuggling,,")
    preview = await comes_back(
        course, f"{one},cleared,17", header="reference,result,File no", preview=True
    )
    untouched = await registration.rows(screening_result)
    taken = await comes_back(course, f"{one},cleared,17", header="reference,result,File no")

    assert [(one.status_code, one.json()["code"]) for one in (by_heading, by_look)] == [
        (422, "grounds-are-not-taken")
    ] * 2
    assert by_look.json()["errors"][0]["path"] == "file, column 3"
    assert "somebody" not in by_look.text
    assert (in_result.json()["code"], "smuggling" in in_result.text) == (
        "results-are-not-valid",
        False,
    )
    assert in_result.json()["errors"][0]["code"] == "result-unknown"
    assert (preview.json()["preview"], preview.json()["decided"], untouched) == (True, 1, [])
    assert taken.json()["dropped_columns"] == [3]
    (kept,) = await registration.rows(screening_result)
    assert "17" not in json.dumps(kept["answer"])


async def test_every_bad_row_is_named_and_none_is_taken(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    one, two = known["Given 1"], known["Given 2"]

    refused = await comes_back(
        course,
        f"{one},cleared,2018-06-01,2018-05-01",
        f"{two},cleared,03/04/2018,",
        f"{two},cleared,,",
        "S-UNKNOWN,cleared,,",
        ",cleared,,",
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "results-are-not-valid")
    assert [(one["path"], one["code"]) for one in refused.json()["errors"]] == [
        ("row 2, column valid_until", "dates-turned"),
        ("row 3, column valid_from", "date-order-needed"),
        ("row 4, column reference", "reference-twice"),
        ("row 5, column reference", "reference-unknown"),
        ("row 6, column reference", "value-missing"),
    ]
    assert {one["state"] for one in await registration.rows(screening)} == {"pending"}


async def test_the_workbook_that_went_out_comes_back(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1, names=[{"script": "Latn", "given": "=1+1", "family": "Haddad"}])
    made = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    file = await course.coordinator.get(f"/screening/lists/{made.json()['id']}/file")
    book = openpyxl.load_workbook(BytesIO(file.content))
    sheet = book.active
    assert sheet is not None
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("result") + 1).value = "cleared"
    sheet.cell(2, header.index("valid_until") + 1).value = datetime(2019, 1, 1)  # noqa: DTZ001
    content = BytesIO()
    book.save(content)

    address = f"{OF_PROJECT}/results"
    taken = await course.coordinator.post(address, content=content.getvalue(), headers=CSV)
    again = await course.coordinator.post(address, content=content.getvalue(), headers=CSV)

    assert sheet.cell(2, header.index("given_name") + 1).data_type == "s"
    assert (taken.status_code, taken.json()["decided"]) == (200, 1), taken.text
    assert again.json() == {**taken.json(), "decided": 0, "unchanged": 1}
    assert await standing(course) == {"JO-001": "cleared"}
    assert len(await registration.said(ScreeningDecided)) == 1


async def test_nobody_is_listed_twice_until_a_clearance_ends(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    known = await goes_out(course)
    nobody = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-28")
    before = await standing(course)

    await registration.hears(the_activity(ends_on=datetime(2018, 7, 5, tzinfo=UTC).date()))
    after = await standing(course)
    again = await goes_out(course)

    assert nobody.json()["code"] == "nobody-to-screen"
    assert (before, after) == ({"JO-001": "cleared"}, {"JO-001": "expired"})
    assert again.keys() == known.keys()
    assert again != known
    assert await standing(course) == {"JO-001": "pending"}


async def test_what_comes_back_for_an_earlier_list_is_left_aside(
    registration: Registration,
) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    known = await goes_out(course)
    await comes_back(course, f"{known['Given 1']},cleared,,2018-06-27")
    again = await goes_out(course)

    rows = (f"{known['Given 1']},not cleared,,", f"{known['Given 2']},cleared,,")
    preview = await comes_back(course, *rows, preview=True)
    taken = await comes_back(course, *rows)
    renewed = await comes_back(course, f"{again['Given 1']},cleared,,")

    assert again.keys() == {"Given 1"}
    assert (preview.status_code, taken.status_code) == (200, 200), taken.text
    assert (taken.json()["decided"], taken.json()["unchanged"]) == (1, 1)
    assert renewed.json()["decided"] == 1
    assert await standing(course) == {"JO-001": "cleared", "JO-002": "cleared"}


async def test_nobody_is_listed_for_an_activity_that_is_over(registration: Registration) -> None:
    course = await a_screened_course(registration)
    await course.nominates("JO", 1)

    await registration.moves_to(datetime(2018, 6, 29, tzinfo=UTC))
    refused = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})

    assert refused.json()["code"] == "nobody-to-screen"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"reference,result\n", "file-empty"),
        (b"a,b\n1,2\n", "column-missing"),
        (b"%PDF-1.7 something", "file-is-pdf"),
    ],
)
async def test_what_is_no_list_of_results_is_refused(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_screened_course(registration)

    refused = await course.coordinator.post(f"{OF_PROJECT}/results", content=content, headers=CSV)

    assert [one["code"] for one in refused.json()["errors"]] == [code]
