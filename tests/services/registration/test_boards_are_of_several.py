"""A selection board: who is on it, who leaves it, and when it is closed and opened again."""

from services.registration.tables import nomination
from shared.contracts.registration import ReviewerAppointed
from tests.services.registration.building import Registration
from tests.services.registration.course import ACTIVITY, a_course, registers
from tests.services.registration.reviewers import CRITERIA, a_board, closes, three_reviewers
from tests.services.registration.runs import (
    a_full_course,
    a_run,
    a_second_coordinator,
    step,
)
from tests.services.registration.test_nominations_are_returned import gives_back


async def test_a_board_of_a_call_that_has_ended_is_not_closed(registration: Registration) -> None:
    board = await a_board(registration, minimum_seats=1)
    course = board.course
    for number in (0, 1, 2):
        await board.score_everybody(number)
    no_go = {"decision": "no_go", "reason": "Too few."}
    ended = await course.coordinator.post(f"/calls/{course.call_id}/viability", json=no_go)

    refused = await closes(course)

    assert ended.status_code == 200, ended.text
    assert (refused.status_code, refused.json()["code"]) == (409, "call-has-ended")
    assert {row["score"] for row in await registration.rows(nomination)} == {None}


async def test_a_board_is_of_people_who_nominate_for_nobody(registration: Registration) -> None:
    course = await a_course(registration)
    board = await three_reviewers(course)
    address = f"/calls/{course.call_id}/board"
    points = await course.admin.get("/persons?limit=100")
    holder = next(one["id"] for one in points.json()["items"] if one["party"] == "JO")
    nobody = await registers(course)
    wrong = [{"person_id": str(one)} for one in (holder, nobody, ACTIVITY)]

    refused = await course.coordinator.post(address, json=board.described(reviewers=wrong))
    too_soon = await course.coordinator.post(
        address,
        json=board.described(scores_until={"local": "2018-05-09T16:00:00", "zone": "Asia/Amman"}),
    )
    alone = await course.coordinator.post(
        address, json=board.described(reviewers=board.described()["reviewers"][:1])
    )
    await course.coordinator.post(address, json=board.described())
    twice = await course.coordinator.post(address, json=board.described())

    assert refused.json()["code"] == "reviewer-is-not-free"
    assert [one["code"] for one in refused.json()["errors"]] == [
        "nominates",
        "can-not-sign-in",
        "not-registered",
    ]
    assert too_soon.json()["errors"][0]["code"] == "before-the-deadline"
    assert alone.status_code == 422
    assert twice.json()["code"] == "board-exists"


async def test_who_leaves_the_board_counts_no_more_and_a_closed_one_opens_again(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course = board.course
    for number in (0, 1, 2):
        await board.score_everybody(number, number + 1)
    await closes(course)
    address = f"/calls/{course.call_id}/board"
    fourth = await registers(course, subject="fourth")
    others = [*board.described()["reviewers"][:2], {"person_id": str(fourth)}]
    version = (await course.coordinator.get(address)).json()["version"]
    await registration.said()

    stale = await course.coordinator.put(
        address, json=board.described(reviewers=others), headers={"If-Match": '"1"'}
    )
    other = await course.coordinator.put(
        address,
        json=board.described(criteria=CRITERIA[:1]),
        headers={"If-Match": f'"{version}"'},
    )
    changed = await course.coordinator.put(
        address, json=board.described(reviewers=others), headers={"If-Match": f'"{version}"'}
    )
    left = await board.asks(2, "reviews")

    assert stale.status_code == 412
    assert other.json()["code"] == "scoring-has-begun"
    assert changed.json()["state"] == "open"
    assert [one["number"] for one in changed.json()["reviewers"]] == [1, 2, 4]
    assert left.status_code == 404
    assert {row["score"] for row in await registration.rows(nomination)} == {None}
    assert [one.person_id for one in await registration.said(ReviewerAppointed)] == [fourth]


async def test_a_board_opened_after_the_proposal_is_not_passed_by(
    registration: Registration,
) -> None:
    course = await a_full_course(registration)
    run = await a_run(course)
    reviewers = await three_reviewers(course)
    address = f"/calls/{course.call_id}/board"
    await course.coordinator.post(address, json=reviewers.described())
    second = await a_second_coordinator(course)

    await step(course, run, "approval", second)
    concluded = await step(course, run, "conclusion")

    assert concluded.json()["code"] == "board-is-still-scoring"


async def test_who_comes_back_after_all_handed_in_is_still_scored(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course, ids = board.course, await board.ids()
    await gives_back(course, {"id": ids["JO_001"]})
    for number in range(3):
        await board.score_everybody(number)
    await course.points["JO"].post(f"/nominations/{ids['JO_001']}/resubmission")

    lacking = await closes(course)
    again = await course.coordinator.put(
        f"/calls/{course.call_id}/board", json=board.described(), headers={"If-Match": '"1"'}
    )
    handed_in = [await board.score_everybody(number) for number in range(3)]
    closed = await closes(course)

    assert lacking.json()["code"] == "too-few-scores"
    assert [one.status_code for one in (again, *handed_in)] == [200] * 4
    assert closed.json()["state"] == "closed"
