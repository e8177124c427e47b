"""Once the list is frozen a focal point asks, a coordinator decides, and both sides are told."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.registration.tables import change_request, nomination
from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    ChangeRequestDescribed,
    NominationCorrected,
    NominationReplaced,
    NominationSubmitted,
    NominationWithdrawn,
    SeatFreed,
    SeatOffered,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    Course,
    a_call,
    a_course,
    an_officer,
)

CUT_OFF = "2018-06-10"
AFTER_THE_CUT_OFF = datetime(2018, 6, 11, 6, tzinfo=UTC)


async def asks(course: Course, nominated: dict[str, Any], **asked: Any) -> httpx.Response:
    """The focal point of JO asks for a change."""
    address = f"/nominations/{nominated['id']}/change-requests"
    return await course.points["JO"].post(address, json={"reason": "A clerk erred.", **asked})


async def decides(course: Course, request: httpx.Response, **decision: Any) -> httpx.Response:
    """The coordinator decides."""
    address = f"/change-requests/{request.json()['id']}/decision"
    return await course.coordinator.post(address, json=decision)


async def a_frozen_list(registration: Registration, **call: Any) -> tuple[Course, list[Any]]:
    """JO-001, JO-002 and TN-001 are nominated, and the deadline passes."""
    course = await a_course(registration, **call)
    nominated = [await course.nominates("JO", number) for number in (1, 2)]
    await course.nominates("TN", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await registration.said()
    return course, nominated


async def seats_after_the_cut_off(registration: Registration) -> tuple[Course, list[Any]]:
    """JO-001 and TN-001 are offered seats, and the day to give them back freely passes."""
    course, nominated = await a_frozen_list(registration, withdraw_until=CUT_OFF)
    await course.selects()
    offered = await registration.said(SeatOffered)
    visitor = registration.client()
    for one in offered:
        path = one.link.removeprefix("http://cadre.test/registration")
        await visitor.post(path, data={"answer": "accept"})
    await registration.moves_to(AFTER_THE_CUT_OFF)
    await registration.said()
    return course, nominated


async def test_nothing_changes_until_it_is_accepted(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    before = await registration.rows(nomination)

    asked = await asks(course, first, change="correction", officer=an_officer("JO", 1, unit="ncb"))

    assert asked.status_code == 201, asked.text
    assert await registration.rows(nomination) == before
    listed = await course.coordinator.get(f"/calls/{course.call_id}/change-requests")
    assert listed.json()["items"][0]["officer"]["unit"] == "ncb"
    coded = await registration.client("auditor").get(f"/change-requests/{asked.json()['id']}")
    assert coded.json()["officer"] is None
    (told,) = await registration.said(ChangeAsked)
    assert told.change == "correction"
    accepted = await decides(course, asked, decision="accept")
    assert accepted.json()["state"] == "accepted"
    said = await registration.said(
        NominationCorrected, ChangeRequestDescribed, ChangeDecisionAnnounced
    )
    assert [one.type.split(".")[1] for one in said] == [
        *("nomination", "change_request", "change_decision"),
    ]
    assert (said[0].unit, said[2].accepted) == ("ncb", True)
    (kept,) = await registration.rows(change_request)
    assert kept["officer"] is None


async def test_a_refusal_says_why_and_changes_nothing(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="priority", priority=2)

    silent = await decides(course, asked, decision="refuse")
    refused = await decides(course, asked, decision="refuse", reason="The pool is published.")
    again = await decides(course, asked, decision="accept")

    assert silent.status_code == 422
    assert refused.json()["state"] == "refused"
    assert (again.status_code, again.json()["code"]) == (409, "change-is-decided")
    (told,) = await registration.said(ChangeDecisionAnnounced)
    assert not told.accepted
    shown = await course.points["JO"].get(f"/change-requests/{asked.json()['id']}")
    foreign = await course.points["TN"].get(f"/change-requests/{asked.json()['id']}")
    assert shown.json()["decision_reason"] == "The pool is published."
    assert foreign.status_code == 404
    assert (await course.standing())["JO-001"] == "submitted"


async def test_a_priority_changes_places_with_whoever_has_it(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)

    await decides(
        course, await asks(course, first, change="priority", priority=2), decision="accept"
    )

    rows = await registration.rows(nomination)
    ranks = {row["officer_reference"]: row["priority"] for row in rows}
    assert ranks == {"JO-001": 2, "JO-002": 1, "TN-001": 1}


async def test_another_officer_takes_the_place_on_the_list_and_is_not_late(
    registration: Registration,
) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="replacement", officer=an_officer("JO", 9))

    await decides(course, asked, decision="accept")

    said = await registration.said(NominationReplaced, NominationSubmitted)
    assert [type(one) for one in said] == [NominationReplaced, NominationSubmitted]
    assert (said[1].priority, said[1].late) == (1, False)
    await course.selects()
    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "waitlisted",
        "JO-009": "selected",
        "TN-001": "selected",
    }


async def test_what_the_rules_forbid_is_not_carried_out_and_stays_open(
    registration: Registration,
) -> None:
    course, (first, _) = await a_frozen_list(registration, units=[{"unit": "immigration"}])
    asked = await asks(
        course, first, change="correction", officer=an_officer("JO", 1, unit="training")
    )

    answer = await decides(course, asked, decision="accept")

    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    (kept,) = await registration.rows(change_request)
    assert kept["state"] == "open"
    assert kept["officer"]["unit"] == "training"


async def test_one_change_at_a_time_and_it_may_be_taken_back(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="priority", priority=2)

    second = await asks(course, first, change="priority", priority=3)
    back = await course.points["JO"].post(f"/change-requests/{asked.json()['id']}/taking-back")
    third = await asks(course, first, change="priority", priority=3)

    assert (second.status_code, second.json()["code"]) == (409, "change-is-asked-already")
    assert back.json()["state"] == "taken_back"
    assert third.status_code == 201


async def test_a_request_ends_with_its_nomination(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    await asks(course, first, change="correction", officer=an_officer("JO", 1))

    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")

    (kept,) = await registration.rows(change_request)
    assert (kept["state"], kept["officer"]) == ("ended", None)


@pytest.mark.parametrize(
    "asked",
    [
        {"change": "withdrawal"},
        {"change": "priority", "priority": 3},
        {"change": "correction", "officer": an_officer("JO", 1)},
        {"change": "replacement", "officer": an_officer("JO", 9)},
    ],
)
async def test_what_can_be_done_at_once_is_not_asked_for(
    registration: Registration, asked: dict[str, Any]
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)

    answer = await asks(course, nominated, **asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "change-needs-no-request")


async def test_after_the_cut_off_a_focal_point_asks_to_give_a_seat_back(
    registration: Registration,
) -> None:
    course, (first, _) = await seats_after_the_cut_off(registration)
    address = f"/nominations/{first['id']}"

    withdrawn = await course.points["JO"].post(f"{address}/withdrawal")
    replaced = await course.points["JO"].post(
        f"{address}/replacement", json={"officer": an_officer("JO", 9)}
    )
    asked = await asks(course, first, change="withdrawal")

    assert [one.json()["code"] for one in (withdrawn, replaced)] == ["cut-off-has-passed"] * 2
    assert asked.status_code == 201, asked.text
    await decides(course, asked, decision="accept")
    said = await registration.said(NominationWithdrawn, SeatFreed)
    assert [type(one) for one in said] == [NominationWithdrawn, SeatFreed]


async def test_after_the_cut_off_a_replacement_is_asked_for(registration: Registration) -> None:
    course, (first, _) = await seats_after_the_cut_off(registration)

    asked = await asks(course, first, change="replacement", officer=an_officer("JO", 2))
    await decides(course, asked, decision="accept")

    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "selected",
        "TN-001": "confirmed",
    }


async def test_the_cut_off_binds_parties_and_seats_only(registration: Registration) -> None:
    course, (first, second) = await seats_after_the_cut_off(registration)

    waiting = await course.points["JO"].post(f"/nominations/{second['id']}/withdrawal")
    seated = await course.coordinator.post(f"/nominations/{first['id']}/withdrawal")

    assert (waiting.status_code, seated.status_code) == (200, 200)


@pytest.mark.parametrize("day", ["2018-05-09", "2018-06-24"])
async def test_a_cut_off_lies_between_deadline_and_activity(
    registration: Registration, day: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(withdraw_until=day))

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline-is-not-possible")
    assert [one["path"] for one in answer.json()["errors"]] == ["withdraw_until"]


async def test_an_erased_officer_is_asked_for_no_more(registration: Registration) -> None:
    course, (first, second) = await a_frozen_list(registration)
    await asks(course, first, change="replacement", officer=an_officer("JO", 2))

    await course.admin.post(f"/persons/{second['person_id']}/erasure")
    await course.admin.post(f"/persons/{first['person_id']}/erasure")

    (kept,) = await registration.rows(change_request)
    assert (kept["state"], kept["officer"], kept["reason"]) == ("ended", None, None)


async def test_after_the_cut_off_the_page_asks_instead_of_withdrawing(
    registration: Registration,
) -> None:
    course, (first, second) = await seats_after_the_cut_off(registration)
    page, form = f"/calls/{course.call_id}/page", f"/nominations/{first['id']}/page"
    jordan = course.points["JO"]

    shown = (await jordan.get(page)).text
    silent = await jordan.post(f"{form}/change-request")
    foreign = await course.points["TN"].post(f"{form}/change-request", data={"reason": "No."})
    asked = await jordan.post(f"{form}/change-request", data={"reason": "A new post."})
    after = (await jordan.get(page)).text

    assert "10 June 2018" in shown
    assert f"{form}/change-request" in shown
    assert f"{form}/withdrawal" not in shown
    assert f"{form}/replacement" not in shown
    assert f"/nominations/{second['id']}/page/withdrawal" in shown
    assert (silent.status_code, foreign.status_code, asked.status_code) == (422, 404, 303)
    assert f"{form}/change-request" not in after
    assert "A new post." in after
    (kept,) = await registration.rows(change_request)
    assert (kept["change"], kept["state"]) == ("withdrawal", "open")


async def test_before_the_cut_off_the_page_withdraws_and_says_until_when(
    registration: Registration,
) -> None:
    call = {"withdraw_until": CUT_OFF, "late_until": "2018-06-05", "takes_late": True}
    course, (first, _) = await a_frozen_list(registration, **call)
    await course.selects()

    shown = (await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=en")).text

    assert f"/nominations/{first['id']}/page/withdrawal" in shown
    assert f"/nominations/{first['id']}/page/replacement" in shown
    assert f"/nominations/{first['id']}/page/change-request" not in shown
    assert "Late nominations until" in shown
    assert "5 June 2018" in shown
    assert "Seats can be given back until" in shown
