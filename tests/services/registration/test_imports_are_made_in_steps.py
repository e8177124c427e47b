"""A file is read and shown first; nothing is done until that is asked, and then all of it."""

import pytest

from services.registration.imports import limits
from services.registration.tables import (
    import_piece,
    nomination,
    person,
    roster_import_row,
)
from shared.contracts.registration import (
    NominationSubmitted,
    NominationWithdrawn,
    PersonDetailsChanged,
    PersonErased,
)
from shared.purging import purge
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
    undoes,
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


async def test_a_file_nobody_can_read_says_why_once(registration: Registration) -> None:
    course = await a_course(registration)

    read = await sends(course, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    refused = await course.coordinator.post(
        f"/imports/{read['id']}/confirmation", json={"only_good": True}
    )

    assert await problems_of(course, read["id"]) == [(0, None, "file-is-xls")]
    assert refused.json()["code"] == "import-has-bad-rows"


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


async def test_imports_are_those_of_the_own_party(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    foreign, this = course.points["TN"], f"/imports/{read['id']}"
    auditor = registration.client("auditor")

    seen = [
        (await foreign.get(this)).status_code,
        (await foreign.get(f"{this}/rows")).status_code,
        (await foreign.get(f"{this}/problems")).status_code,
        (await foreign.post(f"{this}/confirmation", json={})).status_code,
        (await foreign.post(f"{this}/undoing")).status_code,
        (await foreign.delete(this, headers={"If-Match": '"1"'})).status_code,
        (await foreign.post(f"/calls/{course.call_id}/imports?party=JO", content=b"x")).status_code,
        (await auditor.post(f"{this}/confirmation", json={})).status_code,
    ]
    several = await foreign.post(f"/calls/{course.call_id}/imports", content=b"x")
    theirs = (await foreign.get(f"/calls/{course.call_id}/imports")).json()["items"]
    audited = (await auditor.get(f"{this}/rows")).json()["items"][0]

    assert seen == [404] * 8
    assert several.json()["code"] == "rows-name-parties-for-staff-only"
    assert theirs == []
    assert (audited["verdict"], audited["family_name"]) == ("new", None)
    assert audited["officer_reference"] is None


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


async def test_an_import_is_undone_as_a_whole(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    elsewhere = {one["id"]: one for one in await registration.rows(person)}
    known = "JO-001,Other,Name,male,immigration,fr,1,,no"
    read = await sends(course, a_roster(known, *map(numbered, range(2, 50))))
    await confirms(course, read["id"])
    await registration.said()

    undone = await undoes(course, read["id"])
    withdrawn = await registration.said(NominationWithdrawn, PersonErased, PersonDetailsChanged)

    persons = await registration.rows(person)
    kept = {one["id"]: one for one in persons if one["erased_at"] is None}
    assert undone["state"] == "undone"
    assert [type(one) for one in withdrawn].count(NominationWithdrawn) == 48
    assert [type(one) for one in withdrawn].count(PersonErased) == 48
    assert [type(one) for one in withdrawn].count(PersonDetailsChanged) == 1
    assert {one["id"]: one["names"] for one in kept.values()} == {
        one["id"]: one["names"] for one in elsewhere.values()
    }
    assert await course.standing() == {"JO-001": "submitted"} | {None: "withdrawn"}
    assert await registration.rows(roster_import_row) == []


async def test_an_undone_file_may_come_again(registration: Registration) -> None:
    course = await a_course(registration)
    content = a_roster(numbered(1))
    first = await sends(course, content)
    await confirms(course, first["id"])
    await undoes(course, first["id"])

    second = await sends(course, content)
    done = await confirms(course, second["id"])

    assert second["id"] != first["id"]
    assert done["state"] == "done"
    assert (
        len([one for one in await registration.rows(nomination) if one["status"] == "submitted"])
        == 1
    )


async def test_whom_another_file_names_is_not_forgotten(registration: Registration) -> None:
    course = await a_course(registration)
    first = await sends(course, a_roster(numbered(1), numbered(2)))
    await confirms(course, first["id"])
    second = await sends(course, a_roster(numbered(1), numbered(3)))

    await undoes(course, first["id"])
    await confirms(course, second["id"])

    nominated = await registration.rows(nomination)
    standing = [one["officer_reference"] for one in nominated if one["status"] == "submitted"]
    erased = [one for one in await registration.rows(person) if one["erased_at"]]
    assert sorted(standing) == ["R-1", "R-3"]
    assert len(erased) == 1


async def test_what_was_built_on_stays(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1), numbered(2)))
    await confirms(course, read["id"])
    first, second = await registration.rows(nomination)
    described = (await course.coordinator.get(f"/persons/{first['person_id']}")).json()
    await course.points["JO"].post(f"/nominations/{second['id']}/withdrawal")

    refused = await course.coordinator.post(f"/imports/{read['id']}/undoing")

    assert described["version"] == 1
    assert (refused.status_code, refused.json()["code"]) == (409, "import-was-built-on")
    assert [(one["path"], one["code"]) for one in refused.json()["errors"]] == [
        ("row 3", "nomination-moved")
    ]
    assert (await looks_at(course, read["id"]))["state"] == "done"


async def test_nothing_is_undone_once_the_selection_was_made(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    await confirms(course, read["id"])
    await course.selects()

    refused = await course.coordinator.post(f"/imports/{read['id']}/undoing")

    assert [one["code"] for one in refused.json()["errors"]] == ["selection-made"]


async def test_a_selection_made_while_it_waits_keeps_an_import(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    await confirms(course, read["id"])
    await course.coordinator.post(f"/imports/{read['id']}/undoing")
    await course.selects()

    await registration.does_jobs()

    kept = await looks_at(course, read["id"])
    assert (kept["state"], kept["refusal"]) == ("done", "import-was-built-on")
    assert await course.standing() == {"R-1": "selected"}


async def test_a_discarded_file_leaves_nothing_personal(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))

    unseen = await course.points["JO"].delete(f"/imports/{read['id']}")
    gone = await course.points["JO"].delete(
        f"/imports/{read['id']}", headers={"If-Match": f'"{read["version"]}"'}
    )
    again = await sends(course, a_roster(numbered(1)))

    assert (unseen.status_code, gone.json()["state"]) == (428, "discarded")
    assert again["id"] != read["id"]
    assert len(await registration.rows(roster_import_row)) == 1


async def test_what_a_file_said_goes_after_thirty_days(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1)))
    await confirms(course, read["id"])
    clock, machine = registration.service.context.clock, registration.service.context.clock.machine
    monkeypatch.setattr(type(clock), "machine", lambda self: machine() + limits.KEPT)

    await purge(registration.service.context, registration.service.kept_for_a_time)
    late = await course.coordinator.post(f"/imports/{read['id']}/undoing")

    assert await registration.rows(roster_import_row) == []
    assert (late.status_code, late.json()["code"]) == (409, "import-is-forgotten")
    assert await course.standing() == {"R-1": "submitted"}


async def test_an_erased_officer_leaves_imports(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(numbered(1), numbered(2)))
    await confirms(course, read["id"])
    waiting = await sends(course, a_roster(numbered(1), numbered(2), numbered(3)))
    first = (await registration.rows(nomination))[0]

    await course.admin.post(f"/persons/{first['person_id']}/erasure")

    left = [
        one for one in await registration.rows(roster_import_row) if one["verdict"] == "forgotten"
    ]
    undone = await undoes(course, read["id"])
    assert [(one["row"], one["officer"], one["officer_reference"]) for one in left] == [
        (2, None, None),
        (2, None, None),
    ]
    assert undone["state"] == "undone"
    assert waiting["rows"]["new"] == 1


async def test_ten_files_that_wait_are_enough(registration: Registration) -> None:
    course = await a_course(registration)
    for number in range(1, 11):
        await sends(course, a_roster(numbered(number)))

    one_more = await course.points["JO"].post(
        f"/calls/{course.call_id}/imports?party=JO", content=a_roster(numbered(11))
    )

    assert (one_more.status_code, one_more.json()["code"]) == (409, "too-many-imports-wait")


async def test_a_file_beyond_all_bounds_is_not_kept(registration: Registration) -> None:
    course = await a_course(registration)

    large = await course.points["JO"].post(
        f"/calls/{course.call_id}/imports?party=JO", content=b"x" * (limits.MOST_BYTES + 1)
    )

    assert (large.status_code, large.json()["code"]) == (413, "roster-is-too-large")
    assert await registration.rows(import_piece) == []
