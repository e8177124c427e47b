"""Files of any layout are read: columns guessed, mapped, remembered."""

from datetime import date
from typing import Any

import pytest

from services.registration.imports import limits
from services.registration.tables import history_import, participation
from shared.contracts.registration import (
    ParticipationRecorded,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.past.files import (
    CSV,
    a_file,
    a_workbook,
    an_officer_of,
    confirms,
    maps,
    rows_of,
    sends,
)


async def test_columns_are_guessed_and_known_officers_found(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    content = a_file(
        "1;JO-001;FAMILY JO Given 1;Lutte contre la traite;28/06/2017;réussi",
        "2;JO-777;INCONNU Untel;Lutte contre la traite;28/06/2017;absent",
    )

    read = await sends(registration, course.points["JO"], content)
    rows = await rows_of(course.points["JO"], read)
    nothing = await registration.rows(participation)
    done = await confirms(registration, course.points["JO"], read)

    assert [(one["field"], one["because"]) for one in read["columns"]] == [
        (None, "none"),
        ("officer_reference", "heading"),
        ("full_name", "heading"),
        ("title", "heading"),
        ("held_on", "heading"),
        ("outcome", "heading"),
    ]
    assert (read["questions"], read["state"]) == ([], "read")
    assert [(one["row"], one["state"], one["person_id"]) for one in rows] == [
        (2, "matched", person_id),
        (3, "absent", None),
    ]
    assert nothing == []
    assert done["result"] == {
        "recorded": 1,
        "officers_created": 0,
        "known_already": 0,
        "left_out": 1,
    }
    (kept,) = await registration.rows(participation)
    assert (str(kept["person_id"]), kept["title"]) == (person_id, "Lutte contre la traite")
    assert (str(kept["held_on"]), kept["outcome"], kept["row"]) == ("2017-06-28", "completed", 2)
    (told,) = await registration.said(ParticipationRecorded)
    assert (str(told.person_id), told.party, told.outcome) == (person_id, "JO", "completed")


async def test_a_workbook_is_read_the_same_way(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    content = a_workbook(
        ("Report of past courses",),
        ("Officer ref.", "Course code", "End date", "Completed?"),
        ("JO-001", "Amm-2017-02", date(2017, 6, 28), "yes"),
    )

    read = await sends(registration, course.points["JO"], content)
    done = await confirms(registration, course.points["JO"], read)

    assert done["result"]["recorded"] == 1
    (kept,) = await registration.rows(participation)
    assert (kept["code"], str(kept["held_on"])) == ("AMM-2017-02", "2017-06-28")


async def test_dates_that_can_be_read_two_ways_are_asked_about(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan = course.points["JO"]
    read = await sends(registration, jordan, a_file("1;JO-001;;Analyse;03/04/2017;oui"))
    path = f"/history/imports/{read['id']}"
    columns = [{"column": one["column"], "field": one["field"]} for one in read["columns"]]

    refused = await jordan.post(f"{path}/confirmation", json={})
    said = await maps(
        registration,
        jordan,
        read,
        columns=columns,
        date_orders={"held_on": "month-first"},
    )
    await confirms(registration, jordan, said)
    evident = await sends(
        registration, jordan, a_file("1;JO-001;;B;03/04/2017;oui", "2;JO-001;;B;30/04/2017;oui")
    )

    assert [(one["column"], one["code"]) for one in read["questions"]] == [(5, "date-order-needed")]
    assert refused.json()["code"] == "layout-is-undecided"
    assert said["questions"] == []
    (kept,) = await registration.rows(participation)
    assert str(kept["held_on"]) == "2017-03-04"
    days = [one["held_on"] for one in await rows_of(jordan, evident)]
    assert (evident["remembered"], days) == (True, ["2017-04-03", "2017-04-30"])


async def test_a_mapping_is_remembered_for_the_same_headings(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan, header = course.points["JO"], "A,B,C,D"
    first = await sends(registration, jordan, a_file("JO-001,Analyse,2017,good", header=header))
    asked = first["questions"]
    chosen = {
        "columns": [
            {"column": 1, "field": "officer_reference"},
            {"column": 2, "field": "title"},
            {"column": 3, "field": "held_on"},
        ],
        "defaults": {"outcome": "completed"},
    }

    mapped = await maps(registration, jordan, first, **chosen)
    stale = await jordan.put(
        f"/history/imports/{first['id']}/mapping",
        json=chosen,
        headers={"If-Match": f'"{first["version"]}"'},
    )
    await confirms(registration, jordan, mapped)
    second = await sends(registration, jordan, a_file("JO-001,Other,2016,good", header=" a ,b,c,d"))

    assert "outcome-not-told" in [one["code"] for one in asked]
    assert (mapped["state"], stale.status_code) == ("read", 412)
    assert [one["field"] for one in second["columns"]] == [
        *("officer_reference", "title", "held_on"),
        None,
    ]
    assert {one["because"] for one in second["columns"]} == {"remembered", "none"}
    assert [one["code"] for one in second["questions"]] == ["outcome-not-told"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ([{"column": 7, "field": "title"}], "not-there"),
        ([{"column": 1, "field": "title"}, {"column": 2, "field": "title"}], "repeated"),
    ],
)
async def test_a_mapping_that_is_not_possible_is_refused(
    registration: Registration, columns: list[dict[str, Any]], code: str
) -> None:
    course = await a_course(registration)
    read = await sends(registration, course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"))

    refused = await course.points["JO"].put(
        f"/history/imports/{read['id']}/mapping",
        json={"columns": columns},
        headers={"If-Match": f'"{read["version"]}"'},
    )

    assert refused.json()["code"] == "layout-is-not-possible"
    assert [one["code"] for one in refused.json()["errors"]] == [code]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\xd8\x00", "encoding-unknown"),
        (b"%PDF-1.7 something", "file-is-pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "encoding-unknown"),
        (b"PK\x03\x04 nothing", "file-damaged"),
    ],
)
async def test_what_is_no_sheet_is_refused_by_its_bytes(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_course(registration)

    refused = await course.points["JO"].post(
        "/history/imports?party=JO", content=content, headers=CSV
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "file-is-no-sheet")
    assert [one["code"] for one in refused.json()["errors"]] == [code]
    assert await registration.rows(history_import) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"JO-001,2017-06-28\nJO-002,2017-06-28\n", "header-missing"),
    ],
)
async def test_a_file_that_says_nothing_says_why_once(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_course(registration)

    read = await sends(registration, course.points["JO"], content)
    path = f"/history/imports/{read['id']}"
    problems = (await course.points["JO"].get(f"{path}/problems")).json()["items"]
    refused = await course.points["JO"].post(
        f"{path}/confirmation", json={"leave_out_faulty": True}
    )

    assert (read["state"], read["problems"]) == ("read", 1)
    assert [(one["row"], one["code"]) for one in problems] == [(0, code)]
    assert refused.json()["code"] == "import-has-bad-rows"


async def test_a_file_that_is_too_large_is_refused(registration: Registration) -> None:
    course = await a_course(registration)

    refused = await course.points["JO"].post(
        "/history/imports?party=JO", content=b"x" * (limits.MOST_BYTES + 1), headers=CSV
    )

    assert (refused.status_code, refused.json()["code"]) == (413, "import-is-too-large")
