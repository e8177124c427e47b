"""A focal point puts right what was submitted, and its own order, while nominations are taken."""

from typing import Any

import httpx
import pytest

from services.registration.tables import nomination, person
from shared.contracts.registration import NominationCorrected, PersonDetailsChanged
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course, an_officer


async def correct(course: Course, nominated: dict[str, Any], **asked: Any) -> httpx.Response:
    """The focal point of JO corrects a nomination as it was when it was answered."""
    return await course.points["JO"].put(
        f"/nominations/{nominated['id']}",
        json=asked,
        headers={"If-Match": f'"{nominated["version"]}"'},
    )


async def rank(course: Course, *ids: str, version: str = "") -> httpx.Response:
    """The focal point of JO puts its nominations in order."""
    address = f"/calls/{course.call_id}/ranking"
    seen = await course.points["JO"].get(address, params={"party": "JO"})
    return await course.points["JO"].put(
        address,
        json={"party": "JO", "nominations": list(ids)},
        headers={"If-Match": version or seen.headers["ETag"]},
    )


async def priorities(course: Course) -> dict[str, int]:
    """The priority of every nominee of JO."""
    rows = await course.registration.rows(nomination)
    return {row["officer_reference"]: row["priority"] for row in rows if row["party"] == "JO"}


async def test_a_correction_is_kept_and_told(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.said()

    answer = await correct(course, nominated, officer=an_officer("JO", 1, unit="ncb"), priority=7)

    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == '"2"'
    said = await registration.said()
    assert [type(one) for one in said] == [PersonDetailsChanged, NominationCorrected]
    assert (said[1].unit, said[1].priority, said[1].status) == ("ncb", 7, "submitted")
    known = next(row for row in await registration.rows(person) if row["officer_reference"])
    assert known["unit"] == "ncb"


async def test_a_correction_that_changes_nothing_says_nothing(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.said()

    answer = await correct(course, nominated, officer=an_officer("JO", 1))

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert await registration.said() == []


@pytest.mark.parametrize(
    ("asked", "version", "status", "code"),
    [
        ({"officer": an_officer("JO", 9)}, 1, 422, "correction-names-another"),
        ({"officer": an_officer("JO", 1), "priority": 2}, 1, 409, "priority-is-taken"),
        ({"officer": an_officer("JO", 1, unit="training")}, 1, 422, "officer-is-not-eligible"),
        ({"officer": an_officer("JO", 1)}, 2, 412, "version-has-moved"),
    ],
)
async def test_a_correction_keeps_the_rules_of_a_nomination(
    registration: Registration, asked: dict[str, Any], version: int, status: int, code: str
) -> None:
    course = await a_course(registration, units=[{"unit": "immigration"}])
    nominated = await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    before = await registration.rows(nomination)

    answer = await correct(course, {**nominated, "version": version}, **asked)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await registration.rows(nomination) == before


async def test_after_the_deadline_the_list_is_frozen(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)

    corrected = await correct(course, nominated, officer=an_officer("JO", 1, unit="ncb"))
    ranked = await rank(course, nominated["id"])

    assert {corrected.json()["code"], ranked.json()["code"]} == {"call-is-closed"}


async def test_a_call_that_takes_late_officers_freezes_the_list_all_the_same(
    registration: Registration,
) -> None:
    course = await a_course(registration, takes_late=True)
    nominated = await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    late = await course.nominates("JO", 2)

    ranked = await rank(course, late["id"], nominated["id"])
    in_time = await correct(course, nominated, officer=an_officer("JO", 1, unit="ncb"))
    too_late = await correct(course, late, officer=an_officer("JO", 2, unit="ncb"))

    assert {ranked.json()["code"], in_time.json()["code"]} == {"call-is-closed"}
    assert too_late.status_code == 200, too_late.text


@pytest.mark.both_databases
async def test_a_whole_list_is_put_in_order_at_once(registration: Registration) -> None:
    course = await a_course(registration)
    ids = [(await course.nominates("JO", number))["id"] for number in (1, 2, 3, 4)]
    other = await course.nominates("TN", 1)
    await registration.said()

    answer = await rank(course, ids[3], ids[1], ids[0], ids[2])

    assert answer.status_code == 200, answer.text
    assert [one["nomination_id"] for one in answer.json()["nominations"]] == [
        *(ids[3], ids[1], ids[0], ids[2])
    ]
    assert await priorities(course) == {"JO-001": 3, "JO-002": 2, "JO-003": 4, "JO-004": 1}
    said = await registration.said(NominationCorrected)
    assert sorted(one.priority for one in said) == [1, 3, 4]
    assert other["id"] not in {str(one.nomination_id) for one in said}


async def test_a_ranking_names_every_nomination_once(registration: Registration) -> None:
    course = await a_course(registration)
    ids = [(await course.nominates("JO", number))["id"] for number in (1, 2, 3)]
    foreign = (await course.nominates("TN", 1))["id"]

    answer = await rank(course, ids[1], ids[1], foreign)

    assert (answer.status_code, answer.json()["code"]) == (422, "ranking-is-not-whole")
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [
        ("nominations.1", "repeated"),
        ("nominations.2", "not-in-the-running"),
        ("nominations", "missing"),
    ]
    assert await priorities(course) == {"JO-001": 1, "JO-002": 2, "JO-003": 3}


async def test_a_ranking_of_a_list_that_changed_is_refused(registration: Registration) -> None:
    course = await a_course(registration)
    ids = [(await course.nominates("JO", number))["id"] for number in (1, 2)]
    seen = (await course.points["JO"].get(f"/calls/{course.call_id}/ranking?party=JO")).headers
    await course.nominates("JO", 3)

    stale = await rank(course, ids[1], ids[0], version=seen["ETag"])
    foreign = await course.points["TN"].get(f"/calls/{course.call_id}/ranking?party=JO")

    assert (stale.status_code, stale.json()["code"]) == (412, "version-has-moved")
    assert foreign.status_code == 404


async def test_one_nomination_is_shown_with_its_version(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)

    mine = await course.points["JO"].get(f"/nominations/{nominated['id']}")
    foreign = await course.points["TN"].get(f"/nominations/{nominated['id']}")

    assert (mine.headers["ETag"], mine.json()["officer_reference"]) == ('"1"', "JO-001")
    assert foreign.status_code == 404
