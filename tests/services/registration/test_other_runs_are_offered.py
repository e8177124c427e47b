"""Who has no seat is offered another run, and takes it without typing anything anew."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.registration.tables import nomination, run_offer
from shared.contracts.registration import (
    NominationNotSelected,
    NominationSelected,
    NominationSubmitted,
    OtherRunDescribed,
    OtherRunOffered,
)
from tests.services.registration.building import Registration
from tests.services.registration.other_runs import a_waiting_list, offers, row_of, with_another_run

AFTER_THE_OTHER_DEADLINE = datetime(2018, 9, 3, 6, tzinfo=UTC)
ANSWER_BY = datetime(2018, 5, 20, 20, 59, tzinfo=UTC)


async def test_another_run_is_accepted_without_retyping(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)

    offered = await offers(course, "JO-002", other["id"])
    told = await registration.said(OtherRunDescribed, OtherRunOffered)
    answer = await course.points["JO"].post(
        f"/other-runs/{offered.json()['id']}/answer", json={"answer": "accept"}
    )

    assert offered.status_code == 201, offered.text
    assert [type(one).__name__ for one in told] == ["OtherRunDescribed", "OtherRunOffered"]
    assert told[1].answer_by.instant == ANSWER_BY
    assert (told[1].reference, told[1].other_reference) == ("AMM-2018-01", "AMM-2018-02")
    assert answer.json()["state"] == "accepted", answer.text
    said = await registration.said(NominationSubmitted, NominationNotSelected)
    assert str(said[0].nomination_id) == answer.json()["made_nomination_id"]
    assert (str(said[0].call_id), said[0].priority, said[0].late) == (other["id"], 1, False)
    assert said[1].reason_code == "moved-to-other-run"
    mine = await row_of(course, "JO-002")
    assert (mine["person_id"], mine["status"]) == (said[0].person_id, "not_selected")


async def test_another_run_declined_leaves_everything_as_it_is(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    offered = await offers(course, "JO-002", other["id"])
    before = await registration.rows(nomination)
    address = f"/other-runs/{offered.json()['id']}/answer"

    foreign = await course.points["TN"].post(address, json={"answer": "accept"})
    declined = await course.points["JO"].post(address, json={"answer": "decline"})
    again = await course.points["JO"].post(address, json={"answer": "accept"})

    assert (foreign.status_code, declined.json()["state"]) == (404, "declined")
    assert (again.status_code, again.json()["code"]) == (409, "offer-is-not-live")
    assert await registration.rows(nomination) == before


async def test_another_run_not_answered_in_time_ends(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    await offers(course, "JO-002", other["id"])

    await registration.moves_to(datetime(2018, 5, 21, tzinfo=UTC))
    await registration.does_jobs()

    assert [row["state"] for row in await registration.rows(run_offer)] == ["expired"]
    assert (await course.standing())["JO-002"] == "waitlisted"


async def test_the_rules_of_the_other_call_hold(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course, units=[{"unit": "training"}])
    offered = await offers(course, "JO-002", other["id"])

    answer = await course.points["JO"].post(
        f"/other-runs/{offered.json()['id']}/answer", json={"answer": "accept"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    assert [row["state"] for row in await registration.rows(run_offer)] == ["open"]


@pytest.mark.parametrize(
    ("reference", "asked", "code"),
    [
        ("JO-001", {}, "nomination-has-moved"),
        ("TN-001", {}, "officer-is-not-eligible"),
        ("JO-002", {"answer_until": "2018-10-07"}, "answer-date-is-not-possible"),
        ("JO-002", {"call_id": "first"}, "run-is-the-same"),
    ],
)
async def test_another_run_is_offered_to_whom_it_can_serve(
    registration: Registration, reference: str, asked: dict[str, Any], code: str
) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course, parties=[{"party": "JO"}])
    if asked.get("call_id"):
        asked = {"call_id": course.call_id}

    answer = await offers(course, reference, **{"call_id": other["id"], **asked})

    assert answer.json()["code"] == code
    assert await registration.rows(run_offer) == []


async def test_a_closed_call_is_offered_to_nobody(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    await registration.moves_to(AFTER_THE_OTHER_DEADLINE)

    answer = await offers(course, "JO-002", other["id"], answer_until="2018-09-20")

    assert (answer.status_code, answer.json()["code"]) == (409, "call-is-closed")
    assert await registration.rows(run_offer) == []


async def test_a_call_that_takes_nobody_late_is_not_entered_by_another_run(
    registration: Registration,
) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    offered = await offers(course, "JO-002", other["id"], answer_until="2018-09-20")
    address = f"/other-runs/{offered.json()['id']}/answer"
    await registration.moves_to(AFTER_THE_OTHER_DEADLINE)

    accepted = await course.points["JO"].post(address, json={"answer": "accept"})
    declined = await course.points["JO"].post(address, json={"answer": "decline"})

    assert (accepted.status_code, accepted.json()["code"]) == (409, "call-is-closed")
    assert declined.json()["state"] == "declined"
    assert (await course.standing())["JO-002"] == "waitlisted"


async def test_a_call_that_takes_officers_late_is_entered_by_another_run(
    registration: Registration,
) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course, takes_late=True)
    await registration.moves_to(AFTER_THE_OTHER_DEADLINE)

    offered = await offers(course, "JO-002", other["id"], answer_until="2018-09-20")
    answer = await course.points["JO"].post(
        f"/other-runs/{offered.json()['id']}/answer", json={"answer": "accept"}
    )

    assert answer.json()["state"] == "accepted", answer.text
    (made,) = await registration.said(NominationSubmitted)
    assert made.late


async def test_who_was_given_a_seat_meanwhile_goes_to_no_other_run(
    registration: Registration,
) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    offered = await offers(course, "TN-001", other["id"])
    first = await row_of(course, "JO-001")
    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")
    await registration.hears_itself()
    assert len(await registration.said(NominationSelected)) == 1

    answer = await course.points["TN"].post(
        f"/other-runs/{offered.json()['id']}/answer", json={"answer": "accept"}
    )

    assert answer.json()["code"] == "nomination-has-moved"


async def test_no_run_is_offered_that_has_ended(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    autumn = await with_another_run(course, minimum_seats=2)
    no_go = {"decision": "no_go", "reason": "Too few."}
    await course.coordinator.post(f"/calls/{autumn['id']}/viability", json=no_go)

    refused = await offers(course, "JO-002", autumn["id"])

    assert (refused.status_code, refused.json().get("code")) == (409, "call-has-ended")
