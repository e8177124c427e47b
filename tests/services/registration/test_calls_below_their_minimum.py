"""A call below its minimum is put to its coordinators, who let it go on or end it."""

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
from shared.tables import job
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    Course,
    a_call,
    a_course,
    registers,
    the_activity,
)
from tests.services.registration.test_boards_score_apart import three_reviewers
from tests.services.registration.test_nominations_are_returned import gives_back
from tests.services.registration.test_the_selection_is_made_in_steps import a_run

THREE_WEEKS_BEFORE = datetime(2018, 6, 2, 21, tzinfo=UTC)
NO_GO = {"decision": "no_go", "reason": "Too few."}


async def decides(course: Course, **asked: str) -> Any:
    """The coordinator decides."""
    address = f"/calls/{course.call_id}/viability"
    return await course.coordinator.post(address, json={**NO_GO, **asked})


async def answers(course: Course, offered: SeatOffered, answer: str = "decline") -> None:
    """Who was offered a seat answers by the link."""
    path = offered.link.removeprefix("http://cadre.test/registration")
    shown = await course.registration.client().post(path, data={"answer": answer})
    assert shown.status_code == 200, shown.text


async def test_three_weeks_before_each_coordinator_is_asked_once(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=2)
    second = await registers(course, subject="second")
    staff = {"person_id": str(second), "role": "coordinator", "from_on": "2018-01-01"}
    await course.admin.post(f"/projects/{PROJECT}/staff", json=staff)
    await course.nominates("JO", 1)

    await registration.moves_to(datetime(2018, 6, 2, 20, 59, tzinfo=UTC))
    early = await registration.does_jobs()
    await registration.moves_to(THREE_WEEKS_BEFORE)
    in_time = await registration.does_jobs()

    asked = await registration.said(ViabilityQuestioned)
    shown = (await course.coordinator.get(f"/calls/{course.call_id}")).json()
    hidden = (await course.points["JO"].get(f"/calls/{course.call_id}")).json()
    assert (early, in_time) == (0, 1)
    assert len({one.person_id for one in asked}) == len(asked) == 2
    assert {(one.minimum_seats, one.filled) for one in asked} == {(2, 1)}
    assert (shown["decide_on"], shown["below_minimum_at"] is None) == ("2018-06-03", False)
    assert hidden["below_minimum_at"] is None


async def test_nobody_is_asked_where_the_minimum_is_reached(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2, decide_on="2018-05-14")
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)

    await course.selects()
    await registration.moves_to(datetime(2018, 5, 13, 21, tzinfo=UTC))
    done = await registration.does_jobs()

    assert done == 1
    assert await registration.said(ViabilityQuestioned) == []


async def test_a_day_of_one_s_own_but_not_before_the_deadline(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2, decide_on="2018-04-10")

    (planned,) = [one for one in await registration.rows(job) if one["kind"].startswith("look")]

    assert planned["due_at"] == datetime(2018, 5, 10, 13, tzinfo=UTC)
    assert course.call_id in planned["key"]


async def test_a_day_to_decide_on_that_has_passed_is_refused(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    asked = a_call(minimum_seats=2, decide_on="2018-01-10")

    answer = await course.coordinator.post("/calls", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline-is-not-possible")
    faults = [(one["path"], one["code"]) for one in answer.json()["errors"]]
    assert faults == [("decide_on", "passed")]


async def test_a_selection_that_fills_too_few_is_told_at_once(registration: Registration) -> None:
    course = await a_course(registration, minimum_seats=2)
    await course.nominates("JO", 1)

    await course.selects()
    await registration.moves_to(THREE_WEEKS_BEFORE)
    await registration.does_jobs()

    (asked,) = await registration.said(ViabilityQuestioned)
    assert asked.filled == 1


async def test_seats_that_fall_below_are_told_and_a_filled_one_is_not(
    registration: Registration,
) -> None:
    course = await a_course(registration, minimum_seats=2)
    for number in (1, 2, 3):
        await course.nominates("JO" if number < 3 else "TN", number)
    await course.selects()
    first, second = await registration.said(SeatOffered)

    await answers(course, first)
    await registration.hears_itself()
    (third,) = await registration.said(SeatOffered, ViabilityQuestioned)
    await answers(course, second)
    await registration.hears_itself()

    told = await registration.said(SeatOffered, ViabilityQuestioned)
    assert isinstance(third, SeatOffered)
    assert [type(one) for one in told] == [ViabilityQuestioned]
    assert told[0].filled == 1


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
