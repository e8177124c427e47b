"""A coordinator gives nominations back; they are put right in time, or take no part."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.registration.tables import nomination, nomination_return
from shared.contracts.registration import (
    CorrectionAsked,
    IneligibilityAnnounced,
    NominationIneligible,
    NominationResubmitted,
    NominationReturned,
    NominationWaitlisted,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course, an_officer
from tests.services.registration.made_once import made_once

UNTIL = datetime(2018, 5, 18, 20, 59, tzinfo=UTC)


async def gives_back(course: Course, nominated: dict[str, Any], **asked: Any) -> httpx.Response:
    """The coordinator returns a nomination until 18 May."""
    body = {"reason_code": "details-missing", "reason": "The unit is missing."}
    return await course.coordinator.post(
        f"/nominations/{nominated['id']}/return",
        json={**body, "correct_until": "2018-05-18", **asked},
    )


async def submits_again(course: Course, nominated: dict[str, Any]) -> httpx.Response:
    """The focal point of JO does."""
    return await course.points["JO"].post(f"/nominations/{nominated['id']}/resubmission")


@made_once
async def a_returned_nomination(registration: Registration) -> tuple[Course, dict[str, Any]]:
    """JO-001 and TN-001 are nominated; JO-001 comes back after the deadline."""
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await registration.said()
    answer = await gives_back(course, nominated)
    assert answer.status_code == 200, answer.text
    return course, answer.json()


async def test_the_focal_point_is_told_what_until_when(registration: Registration) -> None:
    course, returned = await a_returned_nomination(registration)

    said = await registration.said()

    assert [type(one) for one in said] == [NominationReturned, CorrectionAsked]
    assert (said[0].status, said[0].reason_code) == ("returned", "details-missing")
    assert said[1].answer_by.instant == UNTIL
    assert said[1].officer_reference == "JO-001"
    shown = await course.points["JO"].get(f"/calls/{course.call_id}/returns")
    foreign = await course.points["TN"].get(f"/calls/{course.call_id}/returns")
    (one,) = shown.json()["items"]
    assert (one["nomination_id"], one["outcome"]) == (returned["id"], "open")
    assert one["reason"] == "The unit is missing."
    assert foreign.json()["items"] == []


async def test_it_is_put_right_and_stands_as_before(registration: Registration) -> None:
    course, returned = await a_returned_nomination(registration)
    await registration.said()

    corrected = await course.points["JO"].put(
        f"/nominations/{returned['id']}",
        json={"officer": an_officer("JO", 1, unit="ncb")},
        headers={"If-Match": f'"{returned["version"]}"'},
    )
    again = await submits_again(course, returned)

    assert (corrected.status_code, corrected.json()["status"]) == (200, "returned")
    assert (again.status_code, again.json()["status"]) == (200, "submitted")
    assert (again.json()["late"], again.json()["unit"]) == (False, "ncb")
    assert again.json()["submitted_at"] == returned["submitted_at"]
    assert len(await registration.said(NominationResubmitted)) == 1
    await course.selects()
    assert await course.standing() == {"JO-001": "selected", "TN-001": "selected"}


async def test_what_is_not_put_right_in_time_takes_no_part(registration: Registration) -> None:
    course, returned = await a_returned_nomination(registration)
    await registration.said()
    await registration.moves_to(UNTIL + timedelta(seconds=1))

    late = await submits_again(course, returned)
    await registration.does_jobs()
    said = await registration.said()
    after = await submits_again(course, returned)

    assert late.json()["code"] == "time-to-correct-has-passed"
    assert [type(one) for one in said] == [NominationIneligible, IneligibilityAnnounced]
    assert said[0].reason_code == "not-corrected-in-time"
    assert after.json()["code"] == "nomination-has-moved"
    assert [row["outcome"] for row in await registration.rows(nomination_return)] == ["lapsed"]


async def test_the_job_leaves_alone_what_was_submitted_again(registration: Registration) -> None:
    course, returned = await a_returned_nomination(registration)
    await submits_again(course, returned)
    await registration.moves_to(UNTIL + timedelta(seconds=1))

    done = await registration.does_jobs()

    assert done == 0
    assert await course.standing() == {"JO-001": "submitted", "TN-001": "submitted"}


async def test_the_selection_waits_for_returns_unless_told_to_go_on(
    registration: Registration,
) -> None:
    course, returned = await a_returned_nomination(registration)

    waits = await course.selects()
    on = await course.coordinator.post(f"/calls/{course.call_id}/selection?without_returned=true")

    assert (waits.status_code, waits.json()["code"]) == (409, "returns-are-open")
    assert on.status_code == 200, on.text
    assert await course.standing() == {"JO-001": "returned", "TN-001": "selected"}
    await submits_again(course, returned)
    assert await course.standing() == {"JO-001": "selected", "TN-001": "selected"}
    (waited,) = await registration.said(NominationWaitlisted)
    assert waited.late


async def test_who_withdraws_has_nothing_to_put_right(registration: Registration) -> None:
    course, returned = await a_returned_nomination(registration)

    answer = await course.points["JO"].post(f"/nominations/{returned['id']}/withdrawal")
    selected = await course.selects()

    assert answer.json()["status"] == "withdrawn"
    assert selected.status_code == 200, selected.text
    assert [row["outcome"] for row in await registration.rows(nomination_return)] == ["ended"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"correct_until": "2018-06-24"}, 422, "return-date-is-not-possible"),
        ({"correct_until": "2018-04-01"}, 422, "return-date-is-not-possible"),
        ({"reason_code": "bad-haircut"}, 422, "fields-are-not-valid"),
    ],
)
async def test_a_return_gives_time_and_a_reason_of_the_list(
    registration: Registration, asked: dict[str, Any], status: int, code: str
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)

    answer = await gives_back(course, nominated, **asked)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [row["status"] for row in await registration.rows(nomination)] == ["submitted"]


async def test_a_nomination_is_found_not_to_fit_by_a_named_rule(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    address = f"/nominations/{nominated['id']}/ineligibility"
    await registration.said()

    unknown = await course.coordinator.post(address, json={"rule": "no-such-rule"})
    not_asked = await course.coordinator.post(address, json={"rule": "first-time-only"})
    foreign = await course.points["JO"].post(address, json={"rule": "party-invited"})
    found = await course.coordinator.post(address, json={"rule": "party-invited"})

    assert {one.json()["code"] for one in (unknown, not_asked)} == {"rule-is-not-known"}
    assert foreign.status_code == 404
    assert (found.json()["status"], found.json()["reason_code"]) == ("ineligible", "party-invited")
    said = await registration.said()
    assert [type(one) for one in said] == [NominationIneligible, IneligibilityAnnounced]


async def test_nothing_is_returned_once_the_selection_was_made(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await course.selects()

    answer = await gives_back(course, nominated)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-selected")
