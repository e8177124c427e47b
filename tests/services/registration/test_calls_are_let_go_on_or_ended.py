"""Coordinators let a call below its minimum go on, or end it for everybody."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.registration.tables import (
    call,
    held_seat,
    nomination,
    nomination_return,
    offer,
    selection_run,
)
from shared.contracts.registration import (
    CallEnded,
    EndAnnounced,
    NominationNotSelected,
    ReviewerReminded,
    SeatFreed,
    SeatOffered,
    SeatTakenBack,
    ViabilityDecided,
    ViabilityQuestioned,
)
from tests.services.registration.below_minimum import THREE_WEEKS_BEFORE, answers
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course, the_activity
from tests.services.registration.reviewers import three_reviewers
from tests.services.registration.runs import a_run
from tests.services.registration.test_nominations_are_returned import gives_back

NO_GO = {"decision": "no_go", "reason": "Too few."}


async def decides(course: Course, **asked: str) -> Any:
    """The coordinator decides."""
    address = f"/calls/{course.call_id}/viability"
    return await course.coordinator.post(address, json={**NO_GO, **asked})


async def test_after_a_go_nobody_is_asked_again(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    await course.nominates("JO", 1)

    answer = await decides(course, decision="go", reason="It is enough.")
    selected = await course.selects()

    (decided,) = await registration.said(ViabilityDecided, ViabilityQuestioned)
    assert (answer.status_code, answer.json()["viability"]) == (200, "go"), answer.text
    assert (decided.decision, decided.filled, decided.minimum_seats) == ("go", 1, 2)
    assert selected.status_code == 200, selected.text


async def test_with_a_no_go_the_call_ends_for_everybody(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2, seats=2, takes_late=True)
    for number in (1, 2, 3):
        await course.nominates("JO" if number < 3 else "TN", number)
    await course.selects()
    offers = await registration.said(SeatOffered)
    await answers(course, offers[0], "accept")
    held = {str(one.person_id) for one in offers}

    answer = await decides(course)

    told = await registration.said()
    taken_back = [one for one in told if isinstance(one, SeatTakenBack)]
    announced = [one for one in told if isinstance(one, EndAnnounced)]
    (ended,) = [one for one in told if isinstance(one, CallEnded)]
    assert (answer.status_code, answer.json()["state"]) == (200, "ended"), answer.text
    assert ended.ended_at == AFTER_THE_DEADLINE
    assert {str(one.recipient_id) for one in taken_back} == held
    assert len(taken_back) == 2
    assert sorted(one.party for one in announced) == ["JO", "TN"]
    assert {row["state"] for row in await registration.rows(offer)} == {"cancelled"}
    assert {row["status"] for row in await registration.rows(nomination)} == {"not_selected"}
    assert len([one for one in told if isinstance(one, NominationNotSelected)]) == 3
    assert not [one for one in told if isinstance(one, SeatFreed)]


async def test_before_the_selection_a_no_go_ends_what_was_submitted(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=2)
    await course.nominates("JO", 1)

    await decides(course)
    late = await course.points["JO"].post(f"/calls/{course.call_id}/nominations", json={})
    selected = await course.selects()
    await registration.moves_to(THREE_WEEKS_BEFORE)
    jobs_done = await registration.does_jobs()

    (row,) = await registration.rows(nomination)
    assert (row["status"], row["reason_code"]) == ("not_selected", "call-ended")
    assert late.status_code == 422
    assert (selected.status_code, selected.json()["code"]) == (409, "call-has-ended")
    assert jobs_done == 0


async def test_an_ended_call_stays_so(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    nominated = await course.nominates("JO", 1)
    await decides(course)

    again = await decides(course, decision="go")
    withdrawn = await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    officer = {
        "officer_reference": "JO-9",
        "names": [{"script": "Latn", "given": "A", "family": "B"}],
        "sex": "male",
        "unit": "ncb",
        "language": "ar",
    }
    more = await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={"party": "JO", "officer": officer, "priority": 9},
    )

    assert (again.status_code, again.json()["code"]) == (409, "call-has-ended")
    assert (withdrawn.status_code, withdrawn.json()["code"]) == (409, "nomination-has-moved")
    assert (more.status_code, more.json()["code"]) == (409, "call-has-ended")


async def test_a_seat_held_when_the_call_ends_is_given_to_nobody(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=1, women_minimum=1)
    first = await course.nominates("JO", 1, sex="female")
    await course.nominates("TN", 2)
    await course.nominates("JO", 3)
    await course.selects()
    offers = await registration.said(SeatOffered)
    woman = next(one for one in offers if str(one.person_id) == first["person_id"])
    await answers(course, woman)
    await registration.hears_itself()
    before = await registration.rows(held_seat)

    await decides(course)
    await registration.hears_itself()

    assert len(before) == 1
    assert await registration.rows(held_seat) == []
    assert {row["status"] for row in await registration.rows(nomination)} <= {
        "not_selected",
        "declined",
    }


@pytest.mark.parametrize(
    ("asked", "changes", "code"),
    [
        ({}, {}, "call-has-no-minimum"),
        ({"minimum_seats": 1}, {"state": "cancelled"}, "activity-is-over"),
    ],
)
async def test_there_is_nothing_to_decide_without_a_minimum_or_once_it_is_over(
    registration: Registration, asked: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    course = await a_course(registration, **asked)
    await registration.hears(the_activity(**changes), sequence=2)

    answer = await decides(course)
    by_focal_point = await course.points["JO"].post(
        f"/calls/{course.call_id}/viability", json=NO_GO
    )

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert by_focal_point.status_code == 404
    assert [row["ended_at"] for row in await registration.rows(call)] == [None]


async def test_with_the_call_ends_what_was_under_way_for_it(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    returned = await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await gives_back(course, returned)
    run = await a_run(course, without_returned=True)

    await decides(course)
    await registration.moves_to(datetime(2018, 5, 20, tzinfo=UTC))
    jobs_done = await registration.does_jobs()

    (row,) = await registration.rows(nomination_return)
    assert run["state"] == "proposed"
    assert row["outcome"] == "ended"
    assert [one["state"] for one in await registration.rows(selection_run)] == ["cancelled"]
    assert jobs_done == 0


async def test_nobody_scores_for_a_call_that_has_ended(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    reviewers = await three_reviewers(course)
    address = f"/calls/{course.call_id}/board"
    opened = await course.coordinator.post(address, json=reviewers.described())

    await decides(course)
    changed = await course.coordinator.put(
        address, json=reviewers.described(), headers={"If-Match": '"1"'}
    )
    scored = await reviewers.score_everybody(0)
    await registration.moves_to(datetime(2018, 5, 24, tzinfo=UTC))
    await registration.does_jobs()

    assert opened.status_code == 201
    assert [one.json()["code"] for one in (changed, scored)] == ["call-has-ended"] * 2
    assert await registration.said(ReviewerReminded) == []
