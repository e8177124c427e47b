"""Past participations come in from files of any layout: guessed, confirmed, imported whole."""

import asyncio
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
import xlsxwriter

from services.registration.personal import BLANK
from services.registration.tables import (
    history_import,
    history_row,
    participation,
    person,
)
from shared.contracts.registration import (
    ParticipationRecorded,
    ParticipationWithdrawn,
    PersonDetailsChanged,
    PersonErased,
)
from shared.database import lock_row
from shared.tables import outbox
from tests.services.registration.building import START, Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.test_persons_are_erased import somebody_waits

FRENCH = "N°;Matricule;Nom et prénom;Intitulé de la formation;Date de fin;Résultat"
CSV = {"Content-Type": "text/csv"}


def a_file(*rows: str, header: str = FRENCH) -> bytes:
    """A CSV file as a spreadsheet in French writes it."""
    return "\r\n".join((header, *rows, "")).encode("utf-8-sig")


def a_workbook(*rows: tuple[Any, ...]) -> bytes:
    """The same as a workbook; days are cells of dates."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "d mmm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


async def sends(
    person: httpx.AsyncClient, content: bytes, party: str | None = "JO", name: str = "past.csv"
) -> dict[str, Any]:
    """Somebody has a file read."""
    query = {"file_name": name} | ({"party": party} if party else {})
    answer = await person.post("/history/imports", params=query, content=content, headers=CSV)
    assert answer.status_code == 201, answer.text
    read: dict[str, Any] = answer.json()
    return read


async def confirms(person: httpx.AsyncClient, read: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Somebody has it imported."""
    answer = await person.post(f"/history/imports/{read['id']}/confirmation", json=body)
    assert answer.status_code == 200, answer.text
    done: dict[str, Any] = answer.json()
    return done


async def rows_of(person: httpx.AsyncClient, read: dict[str, Any]) -> list[dict[str, Any]]:
    """The preview."""
    answer = await person.get(f"/history/imports/{read['id']}/rows")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


async def an_officer_of(course: Course, number: int, **officer: Any) -> str:
    """An officer whom registration knows: JO-001 is Given 1 Family JO."""
    return str((await course.nominates("JO", number, **officer))["person_id"])


async def test_columns_are_guessed_and_known_officers_found(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    content = a_file(
        "1;JO-001;FAMILY JO Given 1;Lutte contre la traite;28/06/2017;réussi",
        "2;JO-777;INCONNU Untel;Lutte contre la traite;28/06/2017;absent",
    )

    read = await sends(course.points["JO"], content)
    rows = await rows_of(course.points["JO"], read)
    nothing = await registration.rows(participation)
    done = await confirms(course.points["JO"], read)

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

    read = await sends(course.points["JO"], content)
    done = await confirms(course.points["JO"], read)

    assert done["result"]["recorded"] == 1
    (kept,) = await registration.rows(participation)
    assert (kept["code"], str(kept["held_on"])) == ("AMM-2017-02", "2017-06-28")


async def test_the_same_file_twice_changes_nothing(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    content = a_file("1;JO-001;;Analyse;juin 2017;réussi")
    read = await sends(course.points["JO"], content)
    await confirms(course.points["JO"], read)
    before = await registration.rows(participation)
    await registration.said()

    again = await sends(course.points["JO"], content, name="other.csv")
    longer = await sends(
        course.points["JO"], a_file("1;JO-001;;Analyse;juin 2017;réussi", "2;JO-001;;B;2016;oui")
    )
    preview = await rows_of(course.points["JO"], longer)
    added = await confirms(course.points["JO"], longer)

    assert (again["id"], again["state"]) == (read["id"], "imported")
    assert [one["state"] for one in preview] == ["known", "matched"]
    assert added["result"]["recorded"] == 1
    assert added["result"]["known_already"] == 1
    rows = await registration.rows(participation)
    assert len(rows) == 2
    assert before[0] in rows
    assert len(await registration.said(ParticipationRecorded)) == 1


async def test_every_bad_row_is_named_and_nothing_is_imported(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    content = a_file(
        "1;JO-001;;Analyse;14/10/1438;réussi",
        "2;JO-001;;Analyse;hier;peut-être",
        "3;;;Analyse;28/06/2017;réussi",
        "4;JO-001;;;01/07/2019;réussi",
        "5;JO-001;????;Analyse;28/06/2017;réussi",
    )
    read = await sends(course.points["JO"], content)

    refused = await course.points["JO"].post(f"/history/imports/{read['id']}/confirmation", json={})

    assert (refused.status_code, refused.json()["code"]) == (422, "rows-are-faulty")
    assert [(one["path"], one["code"]) for one in refused.json()["errors"]] == [
        ("row 2, column held_on", "date-is-hijri"),
        ("row 3, column outcome", "outcome-unknown"),
        ("row 3, column held_on", "date-not-readable"),
        ("row 4", "name-incomplete"),
        ("row 5, column held_on", "date-in-future"),
        ("row 5, column title", "value-missing"),
        ("row 6, column full_name", "name-lost-in-conversion"),
    ]
    assert await registration.rows(participation) == []
    done = await confirms(course.points["JO"], read, leave_out_faulty=True)
    assert done["result"] == {
        "recorded": 0,
        "officers_created": 0,
        "known_already": 0,
        "left_out": 5,
    }


async def test_dates_that_can_be_read_two_ways_are_asked_about(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan = course.points["JO"]
    read = await sends(jordan, a_file("1;JO-001;;Analyse;03/04/2017;oui"))
    path = f"/history/imports/{read['id']}"
    columns = [{"column": one["column"], "field": one["field"]} for one in read["columns"]]

    refused = await jordan.post(f"{path}/confirmation", json={})
    said = await jordan.put(
        f"{path}/mapping",
        json={"columns": columns, "date_orders": {"held_on": "month-first"}},
        headers={"If-Match": '"1"'},
    )
    await confirms(jordan, said.json())
    evident = await sends(
        jordan, a_file("1;JO-001;;B;03/04/2017;oui", "2;JO-001;;B;30/04/2017;oui")
    )

    assert [(one["column"], one["code"]) for one in read["questions"]] == [(5, "date-order-needed")]
    assert refused.json()["code"] == "layout-is-undecided"
    assert said.json()["questions"] == []
    (kept,) = await registration.rows(participation)
    assert str(kept["held_on"]) == "2017-03-04"
    days = [one["held_on"] for one in await rows_of(jordan, evident)]
    assert (evident["remembered"], days) == (True, ["2017-04-03", "2017-04-30"])


async def test_a_mapping_is_remembered_for_the_same_headings(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan, header = course.points["JO"], "A,B,C,D"
    first = await sends(jordan, a_file("JO-001,Analyse,2017,good", header=header))
    asked = first["questions"]
    chosen = {
        "columns": [
            {"column": 1, "field": "officer_reference"},
            {"column": 2, "field": "title"},
            {"column": 3, "field": "held_on"},
        ],
        "defaults": {"outcome": "completed"},
    }

    mapped = await jordan.put(
        f"/history/imports/{first['id']}/mapping", json=chosen, headers={"If-Match": '"1"'}
    )
    stale = await jordan.put(
        f"/history/imports/{first['id']}/mapping", json=chosen, headers={"If-Match": '"1"'}
    )
    await confirms(jordan, mapped.json())
    second = await sends(jordan, a_file("JO-001,Other,2016,good", header=" a ,b,c,d"))

    assert "outcome-not-told" in [one["code"] for one in asked]
    assert (mapped.status_code, stale.status_code) == (200, 412)
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
    read = await sends(course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"))

    refused = await course.points["JO"].put(
        f"/history/imports/{read['id']}/mapping",
        json={"columns": columns},
        headers={"If-Match": '"1"'},
    )

    assert refused.json()["code"] == "layout-is-not-possible"
    assert [one["code"] for one in refused.json()["errors"]] == [code]


async def test_a_name_alone_only_suggests_and_a_person_decides(registration: Registration) -> None:
    course = await a_course(registration)
    names = [{"script": "Latn", "given": "Mohamed", "family": "Al-Haddad"}]
    arabic = [{"script": "Arab", "given": "أحمد", "family": "الخطيب"}]
    first = await an_officer_of(course, 1, names=names)
    second = await an_officer_of(course, 2, names=arabic)
    jordan = course.points["JO"]
    content = a_file(
        "Muhammad Hadad;;Analyse;2017;oui",
        ";احمد الخطيب;Analyse;2017;oui",
        "Somebody Else;;Analyse;2017;oui",
        "Somebody Else;;Other;2016;oui",
        header="Name;الاسم الكامل;Course;Year;Result",
    )
    read = await sends(jordan, content)
    rows = await rows_of(jordan, read)

    undecided = await jordan.post(f"/history/imports/{read['id']}/confirmation", json={})
    path = f"/history/imports/{read['id']}/decisions"
    wrong = await jordan.post(
        path, json={"decisions": [{"row": 2, "decision": "is", "person_id": read["id"]}]}
    )
    decided = await jordan.post(
        path,
        json={
            "accept_same_names": True,
            "decisions": [{"row": 2, "decision": "is", "person_id": first}],
        },
    )
    done = await confirms(jordan, read, create_officers={"language": "ar"})

    assert [one["state"] for one in rows] == ["suggested", "suggested", "unknown", "suggested"]
    assert [one["suggestions"][0]["person_id"] for one in rows[:2]] == [first, second]
    assert rows[1]["suggestions"][0]["likeness"] == 1
    assert rows[3]["suggestions"][0]["row"] == 4
    assert undecided.json()["code"] == "officers-are-undecided"
    assert [one["path"] for one in undecided.json()["errors"]] == ["row 2", "row 3", "row 5"]
    assert wrong.json()["errors"][0]["code"] == "officer-not-known"
    assert decided.json()["standing"]["decided"] == 3
    assert done["result"] == {
        "recorded": 4,
        "officers_created": 1,
        "known_already": 0,
        "left_out": 0,
    }
    whose = [str(one["person_id"]) for one in await registration.rows(participation)]
    assert sorted(map(whose.count, set(whose))) == [1, 1, 2]


async def test_unknown_officers_are_created_only_when_asked(registration: Registration) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    content = a_file("1;JO-900;HADDAD Rania;Analyse;2017;oui", "2;JO-900;HADDAD Rania;B;2016;oui")
    known = len(await registration.rows(person))
    not_asked = await confirms(jordan, await sends(jordan, content))
    none = await registration.rows(participation)
    await jordan.post(f"/history/imports/{not_asked['id']}/withdrawal")
    await registration.said()

    asked = await confirms(jordan, await sends(jordan, content), create_officers={"language": "ar"})

    assert (not_asked["result"]["left_out"], none) == (2, [])
    assert (asked["result"]["officers_created"], asked["result"]["recorded"]) == (1, 2)
    created = [one for one in await registration.rows(person) if one["names"]][known:]
    (details,) = await registration.said(PersonDetailsChanged)
    assert [one["officer_reference"] for one in created] == ["JO-900"]
    assert [(one.given, one.family) for one in details.names] == [("Rania", "HADDAD")]


async def test_an_import_is_undone_as_a_whole(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan = course.points["JO"]
    content = a_file("1;JO-001;;Analyse;2017;oui", "2;JO-900;HADDAD Rania;Analyse;2017;oui")
    read = await sends(jordan, content)
    await confirms(jordan, read, create_officers={"language": "fr"})
    await registration.said()

    undone = await jordan.post(f"/history/imports/{read['id']}/withdrawal")
    twice = await jordan.post(f"/history/imports/{read['id']}/withdrawal")
    await registration.does_jobs()

    said = await registration.said(ParticipationWithdrawn, PersonErased)
    assert undone.json()["state"] == "undone"
    assert twice.json()["code"] == "import-is-settled"
    assert [type(one).__name__ for one in said] == [
        "ParticipationWithdrawn",
        "ParticipationWithdrawn",
        "PersonErased",
    ]
    assert all(one["withdrawn_at"] for one in await registration.rows(participation))
    assert "JO-900" not in {one["officer_reference"] for one in await registration.rows(person)}
    again = await sends(jordan, content)
    assert (again["state"], again["id"] == read["id"]) == ("read", False)


async def test_where_it_came_from_is_kept_and_the_rows_are_not(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    read = await sends(course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"), name="2017.csv")
    await confirms(course.points["JO"], read)

    shown = await course.points["JO"].get(f"/persons/{person_id}/participations")
    audited = await registration.client("auditor").get(f"/persons/{person_id}/participations")

    (told,) = shown.json()["items"]
    assert (told["source"], told["title"], told["held_on"]) == ("import", "Analyse", "2017-12-31")
    assert told["provenance"]["file_name"] == "2017.csv"
    assert (told["provenance"]["row"], told["provenance"]["digest"]) == (2, read["digest"])
    assert told["provenance"]["imported_by"]
    assert audited.json()["items"][0]["provenance"]["file_name"] is None
    assert await registration.rows(history_row) == []
    (kept,) = await registration.rows(history_import)
    assert kept["headings"] == []


async def test_another_partys_files_and_officers_do_not_exist(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    jordan, tunisia = course.points["JO"], course.points["TN"]
    read = await sends(jordan, a_file("1;JO-001;;Analyse;2017;oui"))
    await sends(tunisia, a_file("1;JO-001;;Analyse;2017;oui"), party="TN")
    path = f"/history/imports/{read['id']}"
    foreign = a_file(
        "JO-001;Tunisia;Analyse;2017;oui", header="Reference;Country;Course;Year;Result"
    )

    denied = [
        await tunisia.get(path),
        await tunisia.get(f"{path}/rows"),
        await tunisia.post(f"{path}/confirmation", json={}),
        await tunisia.post(f"{path}/withdrawal"),
        await tunisia.get(f"/persons/{person_id}/participations"),
        await tunisia.post("/history/imports?party=JO", content=b"x", headers=CSV),
    ]
    auditor, instructor = registration.client("auditor"), registration.client("instructor")
    forbidden = [
        await auditor.get(f"{path}/rows"),
        await auditor.post(f"{path}/confirmation", json={}),
        await auditor.post("/history/imports", content=b"x", headers=CSV),
        await instructor.get("/history/imports"),
        await instructor.get(f"/persons/{person_id}/participations"),
    ]
    seen = await auditor.get(path)
    listed = await tunisia.get("/history/imports")
    unnamed = await jordan.post("/history/imports", content=b"x", headers=CSV)
    rows = await rows_of(jordan, await sends(jordan, foreign))

    assert [one.status_code for one in denied] == [404] * 6
    assert [one.status_code for one in forbidden] == [403] * 5
    assert "file_name" not in seen.json()
    assert [one.get("heading") for one in seen.json()["columns"]] == [None] * 6
    assert [one["party"] for one in listed.json()["items"]] == ["TN"]
    assert unnamed.json()["code"] == "party-is-missing"
    assert [one["code"] for one in rows[0]["problems"]] == ["party-unknown"]


async def test_a_coordinator_imports_for_several_parties(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    header = "Reference;Pays;Cours;Année;Résultat"
    content = a_file(
        "JO-001;Jordanie;Analyse;2017;oui",
        "TN-001;Tunisia;Analyse;2017;oui",
        "TN-001;EG;Analyse;2017;oui",
        header=header,
    )

    read = await sends(course.coordinator, content, party=None)
    done = await confirms(course.coordinator, read, leave_out_faulty=True)
    listed = await course.points["JO"].get("/history/imports")

    assert done["standing"]["decided"] == 0
    assert (done["result"]["recorded"], done["result"]["left_out"]) == (2, 1)
    assert listed.json()["items"] == []


async def test_a_participation_is_put_right_with_the_reason(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    jordan = course.points["JO"]
    await confirms(jordan, await sends(jordan, a_file("1;JO-001;;Analyse;2017;oui")))
    (kept,) = await registration.rows(participation)
    path = f"/participations/{kept['id']}"
    right = {"title": "Analyse", "held_on": "2017-06-28", "outcome": "failed", "reason": "typing"}

    changed = await jordan.put(path, json=right, headers={"If-Match": '"1"'})
    late = {**right, "held_on": "2030-01-01"}
    refused = await jordan.put(path, json=late, headers={"If-Match": '"2"'})
    withdrawn = await jordan.post(f"{path}/withdrawal", json={"reason": "another officer"})
    again = await jordan.post(f"{path}/withdrawal", json={"reason": "another officer"})
    foreign = await course.points["TN"].put(path, json=right, headers={"If-Match": '"2"'})

    assert (changed.json()["outcome"], changed.json()["version"]) == ("failed", 2)
    assert refused.json()["code"] == "participation-says-nothing"
    assert withdrawn.json()["withdrawn_at"]
    assert again.json()["code"] == "participation-was-withdrawn"
    assert foreign.status_code == 404
    shown = await jordan.get(f"/persons/{person_id}/participations")
    assert shown.json()["items"] == []


async def test_nothing_personal_is_left_of_an_erased_officer(registration: Registration) -> None:
    course = await a_course(registration)
    names = [{"script": "Latn", "given": "Zaynab", "family": "Qutaiba"}]
    person_id = await an_officer_of(course, 1, names=names)
    jordan = course.points["JO"]
    await confirms(jordan, await sends(jordan, a_file("1;JO-001;;Analyse;2017;oui")))
    await sends(jordan, a_file("1;;Zainab Qutaiba;Other;2016;oui", "2;JO-001;;C;2015;oui"))

    await course.admin.post(f"/persons/{person_id}/erasure")

    assert await registration.rows(participation) == []
    assert await registration.rows(history_row) == []
    bodies = [one["body"] for one in await registration.rows(outbox)]
    assert not [one for one in bodies if b"Qutaiba" in one or b"JO-001" in one]


async def test_a_row_read_before_its_officer_was_known_goes_with_them(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    read = await sends(jordan, a_file("1;JO-001;;C;2015;oui", "2;JO-002;;C;2015;oui"))
    person_id = await an_officer_of(course, 1)

    await course.admin.post(f"/persons/{person_id}/erasure")

    assert [one["officer_reference"] for one in await rows_of(jordan, read)] == ["JO-002"]


async def test_an_erasure_at_the_same_moment_leaves_nothing_to_import(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    person_id = UUID(await an_officer_of(course, 1))
    read = await sends(course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"))

    async with registration.database.writing() as connection:
        await lock_row(connection, person, id=person_id)
        erased = person.update().where(person.c.id == person_id)
        await connection.execute(erased.values(**BLANK, erased_at=START))
        confirming = asyncio.create_task(confirms(course.points["JO"], read))
        await somebody_waits(registration)
    done = await confirming

    assert done["result"]["recorded"] == 0
    assert await registration.rows(participation) == []


async def test_a_file_nobody_decides_about_is_dropped_in_time(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course.points["JO"], a_file("1;JO-001;A B;Analyse;2017;oui"))
    await registration.moves_to(START + timedelta(days=31))
    await registration.does_jobs()

    shown = await course.points["JO"].get(f"/history/imports/{read['id']}")
    assert shown.json()["state"] == "dropped"
    assert await registration.rows(history_row) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\xff\xfe\x00\xd8\x00", "encoding-unknown"),
        (b"JO-001,2017-06-28\nJO-002,2017-06-28\n", "header-missing"),
        (b"%PDF-1.7 something", "file-is-pdf"),
        (b"PK\x03\x04 nothing", "file-damaged"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(
    registration: Registration, content: bytes, code: str
) -> None:
    course = await a_course(registration)

    refused = await course.points["JO"].post(
        "/history/imports?party=JO", content=content, headers=CSV
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "history-is-not-readable")
    assert [one["code"] for one in refused.json()["errors"]] == [code]


async def test_a_file_that_is_too_large_is_refused(registration: Registration) -> None:
    course = await a_course(registration)

    refused = await course.points["JO"].post(
        "/history/imports?party=JO", content=b"x" * 5_100_000, headers=CSV
    )

    assert (refused.status_code, refused.json()["code"]) == (413, "history-is-too-large")
