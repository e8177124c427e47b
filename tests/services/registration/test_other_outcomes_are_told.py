"""Who has no seat is told no with a reason, or is offered another run."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from services.registration.tables import change_request, nomination, run_offer
from shared.contracts.registration import (
    NominationNotSelected,
    NominationSelected,
    NominationSubmitted,
    OtherRunDescribed,
    OtherRunOffered,
    WaitingListClosed,
    WaitingListClosureAnnounced,
)
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    Course,
    a_call,
    a_course,
    an_officer,
    the_activity,
)

AUTUMN = an_id("autumn")
AFTER_THE_OTHER_DEADLINE = datetime(2018, 9, 3, 6, tzinfo=UTC)
ANSWER_BY = datetime(2018, 5, 20, 20, 59, tzinfo=UTC)


async def a_waiting_list(registration: Registration, **call: Any) -> Course:
    """JO-001 is offered the one seat; JO-002, JO-003 and TN-001 wait."""
    course = await a_course(registration, seats=1, **call)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    await course.nominates("TN", 1)
    assert (await course.selects()).status_code == 200
    await registration.said()
    return course


async def with_another_run(course: Course, **call: Any) -> dict[str, Any]:
    """The call of the same course in autumn."""
    activity = {"activity_id": AUTUMN, "reference": "AMM-2018-02"}
    days = {"starts_on": date(2018, 10, 7), "ends_on": date(2018, 10, 11)}
    await course.registration.hears(the_activity(**activity, **days))
    deadline = {"local": "2018-08-30T16:00:00", "zone": "Asia/Amman"}
    body = a_call(activity_id=str(AUTUMN), deadline=deadline, **call)
    answer = await course.coordinator.post("/calls", json=body)
    assert answer.status_code == 201, answer.text
    await course.registration.said()
    opened: dict[str, Any] = answer.json()
    return opened


async def row_of(course: Course, reference: str) -> dict[str, Any]:
    """The first nomination of an officer."""
    rows = await course.registration.rows(nomination)
    return next(row for row in rows if row["officer_reference"] == reference)


async def offers(course: Course, reference: str, call_id: str, **asked: Any) -> httpx.Response:
    """The coordinator offers another run until 20 May."""
    body = {"call_id": call_id, "answer_until": "2018-05-20", **asked}
    mine = await row_of(course, reference)
    return await course.coordinator.post(f"/nominations/{mine['id']}/other-run", json=body)


async def test_all_who_wait_are_told_no_with_a_reason(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    address = f"/calls/{course.call_id}/waiting-list/closing"

    answer = await course.coordinator.post(address, json={"reason_code": "no-seat-left"})

    assert answer.status_code == 200, answer.text
    said = await registration.said()
    told = [one for one in said if isinstance(one, NominationNotSelected)]
    assert {one.reason_code for one in told} == {"no-seat-left"}
    numbers = [one for one in said if isinstance(one, WaitingListClosureAnnounced)]
    assert {one.party: one.not_selected for one in numbers} == {"JO": 2, "TN": 1}
    assert sum(isinstance(one, WaitingListClosed) for one in said) == 1
    again = await course.coordinator.post(address, json={"reason_code": "no-seat-left"})
    assert (again.status_code, await registration.said()) == (200, [])
    shown = await course.points["JO"].get(f"/nominations/{told[0].nomination_id}")
    assert shown.json()["reason_code"] == "no-seat-left"


async def test_a_change_of_who_was_told_no_is_asked_for_no_more(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1)
    nominated = [await course.nominates("JO", number) for number in (1, 2)]
    await registration.moves_to(AFTER_THE_DEADLINE)
    for one in nominated:
        await course.points["JO"].post(
            f"/nominations/{one['id']}/change-requests",
            json={"change": "correction", "officer": an_officer("JO", 9), "reason": "A slip."},
        )
    await course.selects()

    await course.coordinator.post(
        f"/calls/{course.call_id}/waiting-list/closing", json={"reason_code": "no-seat-left"}
    )

    rows = await registration.rows(change_request)
    states = {str(row["nomination_id"]): row["state"] for row in rows}
    assert states == {nominated[0]["id"]: "open", nominated[1]["id"]: "ended"}


async def test_some_who_wait_are_told_no(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    address = f"/calls/{course.call_id}/waiting-list/closing"
    ids = {one: str((await row_of(course, one))["id"]) for one in ("JO-001", "JO-003")}

    seated = await course.coordinator.post(
        address, json={"reason_code": "seats-reduced", "nominations": list(ids.values())}
    )
    one = await course.coordinator.post(
        address, json={"reason_code": "seats-reduced", "nominations": [ids["JO-003"]]}
    )
    foreign = await course.points["JO"].post(address, json={"reason_code": "no-seat-left"})

    assert (seated.status_code, seated.json()["code"]) == (422, "nobody-waits-so")
    assert [fault["path"] for fault in seated.json()["errors"]] == ["nominations.0"]
    assert (one.status_code, foreign.status_code) == (200, 404)
    assert await course.standing() == {
        "JO-001": "selected",
        "JO-002": "waitlisted",
        "JO-003": "not_selected",
        "TN-001": "waitlisted",
    }


async def test_before_the_selection_nobody_is_told_no(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)

    answer = await course.coordinator.post(
        f"/calls/{course.call_id}/waiting-list/closing", json={"reason_code": "no-seat-left"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "selection-is-not-made")


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
