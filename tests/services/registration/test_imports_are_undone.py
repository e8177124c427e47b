"""An import is undone as a whole, while nothing was built on it."""

from datetime import timedelta

from services.registration.tables import (
    nomination,
    person,
    roster_import_row,
)
from shared.contracts.registration import (
    NominationWithdrawn,
    PersonDetailsChanged,
    PersonErased,
)
from shared.contracts.registration.nominations import IMPORT_UNDONE
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course
from tests.services.registration.files import (
    a_roster,
    confirms,
    looks_at,
    numbered,
    sends,
    undoes,
)


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
    assert {one.reason_code for one in withdrawn if isinstance(one, NominationWithdrawn)} == {
        IMPORT_UNDONE
    }
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
    await registration.moves_to(AFTER_THE_DEADLINE - timedelta(days=4))
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
