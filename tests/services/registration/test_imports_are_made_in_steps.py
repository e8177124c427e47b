"""A file is read and shown first; nothing is done until that is asked, and then all of it."""

from datetime import timedelta

from services.registration.tables import (
    import_piece,
    nomination,
)
from shared.contracts.registration import (
    NominationSubmitted,
    PersonDetailsChanged,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course
from tests.services.registration.files import (
    HEADER,
    a_roster,
    confirms,
    looks_at,
    numbered,
    problems_of,
    sends,
)
from tests.services.registration.roster.workbooks import a_workbook, saved


async def test_a_file_is_read_and_nothing_is_imported(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.said()

    read = await sends(course, a_roster(*map(numbered, range(1, 1201))))

    assert (read["state"], read["rows_read"], read["rows_total"]) == ("read", 1200, 1200)
    assert read["rows"] == {"new": 1200, "changed": 0, "unchanged": 0, "refused": 0, "undone": 0}
    assert await registration.rows(nomination) == []
    assert await registration.said() == []
    assert await registration.rows(import_piece) == []


async def test_a_confirmed_import_nominates_everyone_once(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.said()
    read = await sends(course, a_roster(*map(numbered, range(1, 1201))))

    done = await confirms(course, read["id"])
    said = await registration.said(NominationSubmitted, PersonDetailsChanged)
    again = await course.coordinator.post(f"/imports/{read['id']}/confirmation", json={})

    assert done["state"] == "done"
    assert len(said) == 2400
    assert len(await registration.rows(nomination)) == 1200
    assert (again.status_code, again.json()["code"]) == (409, "import-has-moved")


async def test_the_same_file_by_whatever_name_is_the_same_import(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    content = a_roster(numbered(1))
    first = await confirms(course, (await sends(course, content))["id"])
    await registration.said()

    again = await sends(course, content)
    as_workbook = saved(a_workbook(numbered(1).split(","), header=HEADER.split(",")))
    other_form = await sends(course, as_workbook)
    await confirms(course, other_form["id"])

    assert again["id"] == first["id"]
    assert other_form["rows"] == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0, "undone": 0}
    assert await registration.said() == []


async def test_every_bad_row_is_named_and_nothing_is_taken(registration: Registration) -> None:
    course = await a_course(registration, units=[{"unit": "immigration", "minimum": 0}])
    await course.nominates("JO", 1)
    content = a_roster(
        numbered(2),
        numbered(1),
        numbered(3, unit="biometrics"),
        numbered(4, sex="?"),
        numbered(2),
        "R-6,,????,male,immigration,ar,zero,,no",
        "R-7,too,few",
    )

    read = await sends(course, content)
    refused = await course.coordinator.post(f"/imports/{read['id']}/confirmation", json={})

    assert read["rows"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 6, "undone": 0}
    assert await problems_of(course, read["id"]) == [
        (3, "G", "priority-is-taken"),
        (4, "E", "unit-required"),
        (5, "D", "sex-unknown"),
        (6, "A", "reference-twice"),
        (6, "G", "priority-twice"),
        (7, "B", "value-missing"),
        (7, "C", "name-lost-in-conversion"),
        (7, "G", "priority-not-a-whole-number"),
        (8, None, "cells-too-few"),
    ]
    assert (refused.status_code, refused.json()["code"]) == (422, "import-has-bad-rows")
    assert len(await registration.rows(nomination)) == 1


async def test_the_good_rows_alone_are_taken_where_that_is_asked(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1), numbered(2, sex="?"), numbered(3)))

    done = await confirms(course, read["id"], only_good=True)

    standing = await course.standing()
    assert (done["state"], done["only_good"]) == ("done", True)
    assert sorted(standing) == ["R-1", "R-3"]


async def test_headings_that_are_missing_or_unknown_are_all_named(
    registration: Registration,
) -> None:
    course = await a_course(registration)

    read = await sends(course, a_roster("R-1,x,y", header="reference,shoe size,given name"))

    problems = await problems_of(course, read["id"])
    assert (1, "B", "column-unknown") in problems
    assert [code for _, _, code in problems].count("column-missing") == 5
    assert read["rows"]["refused"] == 1


async def test_what_another_nominated_meanwhile_is_seen_when_it_is_carried_out(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1), numbered(2)))
    await course.nominates("JO", 9, priority=2)

    tried = await confirms(course, read["id"])

    assert (tried["state"], tried["refusal"]) == ("read", "import-has-bad-rows")
    assert await problems_of(course, read["id"]) == [(3, "G", "priority-is-taken")]
    assert list(await course.standing()) == ["JO-009"]


async def test_a_deadline_that_passes_meanwhile_is_kept(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.moves_to(AFTER_THE_DEADLINE - timedelta(days=4))
    read = await sends(course, a_roster(numbered(1)))
    await course.coordinator.post(f"/imports/{read['id']}/confirmation", json={})
    await registration.moves_to(AFTER_THE_DEADLINE)

    await registration.does_jobs()

    late = await looks_at(course, read["id"])
    refused = await course.coordinator.post(f"/imports/{read['id']}/confirmation", json={})
    assert (late["state"], late["refusal"]) == ("read", "call-is-closed")
    assert (refused.status_code, refused.json()["code"]) == (409, "call-is-closed")
    assert await course.standing() == {}


async def test_a_coordinator_imports_for_several_parties(registration: Registration) -> None:
    course = await a_course(registration)
    header = f"country,{HEADER}"
    rows = [f"Jordan,{numbered(1)}", f"TN,{numbered(1)}", f"Spain,{numbered(3)}"]

    read = await sends(course, a_roster(*rows, header=header), party="")
    await confirms(course, read["id"], only_good=True)

    nominated = await registration.rows(nomination)
    assert sorted((one["party"], one["officer_reference"]) for one in nominated) == [
        ("JO", "R-1"),
        ("TN", "R-1"),
    ]
    assert await problems_of(course, read["id"]) == [(4, "A", "party-unknown")]


async def test_rows_say_what_would_become_of_them(registration: Registration) -> None:
    course = await a_course(registration)
    await confirms(course, (await sends(course, a_roster(numbered(1), numbered(2))))["id"])
    changed = numbered(2).replace("Family 2", "Familia")

    read = await sends(course, a_roster(numbered(1), changed, numbered(3)))

    shown = (await course.points["JO"].get(f"/imports/{read['id']}/rows")).json()["items"]
    assert [(one["row"], one["verdict"], one["family_name"]) for one in shown] == [
        (2, "unchanged", "Family 1"),
        (3, "changed", "Familia"),
        (4, "new", "Family 3"),
    ]
