"""A selection board: each scores apart, and nobody sees what others gave before."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from services.registration.tables import board_score
from shared.contracts.registration import BoardOpened, ReviewerAppointed, ReviewerReminded
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course
from tests.services.registration.reviewers import UNTIL, a_board, closes, three_reviewers
from tests.services.registration.runs import (
    a_run,
    a_second_coordinator,
    step,
)


async def test_each_reviewer_is_told_and_reminded_while_something_is_missing(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    told = await registration.said(BoardOpened, ReviewerAppointed)
    await board.score_everybody(0)

    await registration.moves_to(datetime(2018, 5, 23, 13, 0, 1, tzinfo=UTC))
    await registration.does_jobs()

    reminded = await registration.said(ReviewerReminded)
    assert [type(one) for one in told] == [BoardOpened, *[ReviewerAppointed] * 3]
    assert {one.person_id for one in told[1:]} == set(board.people)
    assert {one.person_id for one in reminded} == set(board.people[1:])
    assert reminded[0].scores_until.local == datetime.fromisoformat(UNTIL["local"])


async def test_nobody_sees_what_others_gave_before_handing_in(registration: Registration) -> None:
    board = await a_board(registration)
    course = board.course
    await board.score_everybody(0, 5)
    await board.scores(1, JO_001=(4, 4))

    early = await board.asks(1, "scores")
    coordinator = await course.coordinator.get(f"/calls/{course.call_id}/board/scores")
    own = (await board.asks(1, "reviews")).json()
    missing = await board.asks(1, "submission", {})
    await board.score_everybody(1, 3)
    later = await board.asks(1, "scores")

    assert (early.json()["code"], coordinator.json()["code"]) == ("scores-are-apart",) * 2
    given = [one["scores"] for one in own["nominations"]]
    assert given.count({}) == own["missing"] == 5
    assert missing.json()["code"] == "scores-are-missing"
    assert len(missing.json()["errors"]) == 5
    first = next(one for one in later.json()["nominations"] if one["officer_reference"] == "JO-001")
    assert [(one["reviewer"], one["scores"]["role"]) for one in first["given"]] == [(1, 5), (2, 4)]


async def test_a_reviewer_scores_on_the_page_that_the_message_links_to(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    ids, reviewer = await board.ids(), board.signed_in[1]
    (told,) = [
        one
        for one in await registration.said(ReviewerAppointed)
        if one.person_id == board.people[1]
    ]
    address = told.link.removeprefix("http://cadre.test/registration")
    form = {f"score.{one}.{name}": "4" for one in ids.values() for name in ("experience", "role")}
    form[f"conflict.{ids['JO_001']}"] = "family"

    empty = await reviewer.get(f"{address}?lang=ar")
    wrong = await reviewer.post(f"{address}/scores", data={f"score.{ids['JO_002']}.role": "9"})
    early = await reviewer.post(f"{address}/submission")
    kept = await reviewer.post(f"{address}/scores", data=form)
    complete = await reviewer.get(f"{address}?lang=en")
    handed_in = await reviewer.post(f"{address}/submission")
    over = await reviewer.get(f"{address}?done=handed-in")
    others = [
        await who.get(address) for who in (board.course.coordinator, board.course.points["JO"])
    ]

    assert 'dir="rtl"' in empty.text
    assert "JO-001" in empty.text
    assert "Given" not in empty.text
    assert (wrong.status_code, early.status_code) == (422, 409)
    assert (kept.status_code, handed_in.status_code) == (303, 303)
    assert "Everything is scored" in complete.text
    assert "Your scores are handed in." in over.text
    assert "<select" not in over.text
    assert [one.status_code for one in others] == [404, 404]
    assert len(await registration.rows(board_score)) == 2 * 5


async def test_scores_are_taken_between_the_deadline_and_the_end_of_scoring(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    board = await three_reviewers(course)
    await course.coordinator.post(f"/calls/{course.call_id}/board", json=board.described())

    early = await board.scores(0, JO_001=(3, 3))
    await registration.moves_to(AFTER_THE_DEADLINE)
    inside = await board.scores(0, JO_001=(3, 3))
    again = await board.scores(0, JO_001=(4, 4))
    await board.asks(0, "submission", {})
    handed_in = await board.scores(0, JO_001=(5, 5))
    await registration.moves_to(datetime(2018, 5, 26, 9, tzinfo=UTC))
    late = await board.scores(1, JO_001=(3, 3))

    assert early.json()["code"] == "call-is-still-open"
    assert (inside.status_code, again.status_code) == (200, 200)
    assert handed_in.json()["code"] == late.json()["code"] == "scoring-is-over"
    assert [row["score"] for row in await registration.rows(board_score)] == [4, 4]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"experience": 6}, 422),
        ({"experience": 0}, 422),
        ({"experience": True}, 422),
        ({"looks": 3}, 422),
        ({}, 422),
    ],
)
async def test_a_score_is_one_of_five_in_a_criterion_of_the_board(
    registration: Registration, given: dict[str, Any], status: int
) -> None:
    board = await a_board(registration)
    ids = await board.ids()

    body = {"nominations": [{"nomination_id": ids["JO_001"], "scores": given}]}
    answer = await board.asks(0, "scores", body)

    assert answer.status_code == status
    assert await registration.rows(board_score) == []


async def test_only_its_reviewers_and_staff_meet_a_board(registration: Registration) -> None:
    board = await a_board(registration)
    course = board.course
    auditor = registration.client("auditor")
    stranger = registration.client("instructor", subject="a-stranger")
    here = f"/calls/{course.call_id}"

    denied = [
        *[
            await who.get(f"{here}/board{rest}")
            for who in (course.points["JO"], stranger)
            for rest in ("", "/reviews", "/scores")
        ],
        await course.coordinator.get(f"{here}/board/reviews"),
        await board.signed_in[0].get(here),
        await board.signed_in[0].get(f"{here}/nominations"),
        await board.signed_in[1].post(f"{here}/board/closing"),
        await board.signed_in[0].put(
            f"{here}/board", json=board.described(), headers={"If-Match": '"1"'}
        ),
        await auditor.post(f"{here}/board/closing"),
    ]
    read = [
        await board.signed_in[0].get(f"{here}/board"),
        await course.coordinator.get(f"{here}/board"),
        await auditor.get(f"{here}/board"),
    ]

    assert [one.status_code for one in denied] == [404] * len(denied)
    assert [one.status_code for one in read] == [200] * 3
    outcomes = [row["outcome"] for row in await registration.rows(audit)]
    assert outcomes.count("denied") == len(denied)


async def test_a_focal_point_never_meets_a_score(registration: Registration) -> None:
    board = await a_board(registration)
    course, jordan = board.course, board.course.points["JO"]
    second = await a_second_coordinator(course)
    for number in (0, 1, 2):
        await board.score_everybody(number, 4)
    await closes(course)
    run = await a_run(course)
    await step(course, run, "approval", second)
    await step(course, run, "conclusion")
    here = f"/calls/{course.call_id}"

    seen = [
        await jordan.get(f"{here}/{rest}")
        for rest in (
            "nominations",
            "nominations.csv",
            "page",
            "waiting-list?limit=1",
            "seats",
        )
    ]
    cursor = seen[3].json()["next"]

    assert [one.status_code for one in seen] == [200] * 5
    assert not [one for one in seen if "score" in one.text.replace("by score or priority", "")]
    assert cursor is not None
    assert json.loads(base64.urlsafe_b64decode(cursor + "==")) == [
        seen[3].json()["items"][0]["place"]
    ]
