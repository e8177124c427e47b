"""An import is taken back as a whole; what is kept of it, and who sees it."""

import pytest

from services.registration.tables import (
    history_import,
    history_row,
    participation,
    person,
)
from shared.contracts.registration import (
    ParticipationWithdrawn,
    PersonErased,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.files import does_some
from tests.services.registration.past.files import (
    CSV,
    a_file,
    an_officer_of,
    confirms,
    goes_on,
    rows_of,
    sends,
    withdraws,
)


async def test_an_import_is_undone_as_a_whole(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    jordan = course.points["JO"]
    content = a_file("1;JO-001;;Analyse;2017;oui", "2;JO-900;HADDAD Rania;Analyse;2017;oui")
    read = await sends(registration, jordan, content)
    await confirms(registration, jordan, read, create_officers={"language": "fr"})
    await registration.said()

    undone = await withdraws(registration, jordan, read)
    twice = await jordan.post(f"/history/imports/{read['id']}/withdrawal")

    said = await registration.said(ParticipationWithdrawn, PersonErased)
    assert undone["state"] == "undone"
    assert twice.json()["code"] == "import-has-moved"
    assert [type(one).__name__ for one in said] == [
        "ParticipationWithdrawn",
        "ParticipationWithdrawn",
        "PersonErased",
    ]
    assert all(one["withdrawn_at"] for one in await registration.rows(participation))
    assert "JO-900" not in {one["officer_reference"] for one in await registration.rows(person)}
    again = await sends(registration, jordan, content)
    assert (again["state"], again["id"] == read["id"]) == ("read", False)


async def test_a_half_written_import_is_taken_back(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    content = a_file(*(f"{one};JO-90{one};HADDAD R{one};Analyse;2017;oui" for one in range(5)))
    read = await sends(registration, jordan, content)
    this = f"/history/imports/{read['id']}"
    create = {"create_officers": {"language": "fr"}}
    await jordan.post(f"{this}/confirmation", json=create)
    await does_some(registration, monkeypatch, "writing")
    half_way = (await jordan.get(this)).json()
    await registration.said()

    undone = await withdraws(registration, jordan, read)

    said = [type(one).__name__ for one in await registration.said()]
    assert (half_way["state"], half_way["rows_done"], half_way["rows_due"]) == ("writing", 2, 5)
    assert half_way["result"]["recorded"] == 2
    assert undone["state"] == "undone"
    assert said == ["ParticipationWithdrawn"] * 2 + ["PersonErased"] * 2
    assert await registration.rows(history_row) == []


async def test_who_is_recorded_meanwhile_is_not_recorded_twice(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    rows = [f"{one};JO-90{one};HADDAD R{one};Analyse;2017;oui" for one in range(4)]
    create = {"create_officers": {"language": "fr"}}
    first = await sends(registration, jordan, a_file(*rows))
    second = await sends(registration, jordan, a_file(*rows[2:]))
    await jordan.post(f"/history/imports/{first['id']}/confirmation", json=create)
    await does_some(registration, monkeypatch, "writing")

    await confirms(registration, jordan, second, **create)
    done = await goes_on(registration, jordan, first)

    results = [done["result"], (await goes_on(registration, jordan, second))["result"]]
    assert sum(one["recorded"] for one in results) == 4
    assert sum(one["officers_created"] for one in results) == 4
    assert len(await registration.rows(participation)) == 4


async def test_where_it_came_from_is_kept_and_the_rows_are_not(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    read = await sends(
        registration, course.points["JO"], a_file("1;JO-001;;Analyse;2017;oui"), name="2017.csv"
    )
    await confirms(registration, course.points["JO"], read)

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
    read = await sends(registration, jordan, a_file("1;JO-001;;Analyse;2017;oui"))
    await sends(registration, tunisia, a_file("1;JO-001;;Analyse;2017;oui"), party="TN")
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
    rows = await rows_of(jordan, await sends(registration, jordan, foreign))

    assert [one.status_code for one in denied] == [404] * 6
    assert [one.status_code for one in forbidden] == [403] * 5
    assert "file_name" not in seen.json()
    assert [one.get("heading") for one in seen.json()["columns"]] == [None] * 6
    assert [one["party"] for one in listed.json()["items"]] == ["TN"]
    assert unnamed.json()["code"] == "party-is-missing"
    assert [one["code"] for one in rows[0]["problems"]] == ["party-not-yours"]


async def test_a_participation_is_put_right_with_the_reason(registration: Registration) -> None:
    course = await a_course(registration)
    person_id = await an_officer_of(course, 1)
    jordan = course.points["JO"]
    await confirms(
        registration,
        jordan,
        await sends(registration, jordan, a_file("1;JO-001;;Analyse;2017;oui")),
    )
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
