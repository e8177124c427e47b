"""A selection board: near ones do not count, the mean decides, whoever chairs may change."""

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from services.registration.tables import nomination
from shared.contracts.registration import BoardClosed
from tests.services.registration.building import Registration
from tests.services.registration.reviewers import a_board, closes
from tests.services.registration.runs import (
    WHY,
    a_run,
    a_second_coordinator,
    changes,
    references,
    step,
)


async def test_who_is_near_to_an_officer_does_not_count(registration: Registration) -> None:
    board = await a_board(registration)
    course, ids = board.course, await board.ids()
    own_party = await board.scores(2, TN_001=(5, 5))
    await board.scores(1, JO_001=(5, 5))

    declared = await board.asks(
        1, "conflicts", {"nomination_id": ids["JO_001"], "grounds": "superior"}
    )
    for number, score in ((0, 4), (1, 1), (2, 2)):
        await board.score_everybody(number, score)
    closed = await closes(course)

    assert (own_party.status_code, own_party.json()["code"]) == (422, "scores-do-not-fit")
    assert declared.status_code == 201
    assert closed.json()["state"] == "closed"
    shown = await course.coordinator.get(f"/calls/{course.call_id}/board/scores")
    points = {one["officer_reference"]: one["points"] for one in shown.json()["nominations"]}
    assert points["JO-001"] == "3.0000"
    assert points["JO-002"] == "2.3333"
    assert points["TN-001"] == "2.5000"
    (said,) = await registration.said(BoardClosed)
    assert (said.reviewers, said.conflicts) == (3, 4)


async def test_fewer_than_two_scores_are_not_enough(registration: Registration) -> None:
    board = await a_board(registration)
    course, ids = board.course, await board.ids()
    await board.asks(1, "conflicts", {"nomination_id": ids["TN_001"], "grounds": "family"})
    for number in (0, 1, 2):
        await board.score_everybody(number)

    refused = await closes(course)

    assert refused.json()["code"] == "too-few-scores"
    assert "PUT" in refused.json()["detail"]
    assert [one["path"] for one in refused.json()["errors"]] == [f"nominations.{ids['TN_001']}"]


async def test_a_coordinator_sees_at_once_whom_too_few_may_judge(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course, ids = board.course, await board.ids()
    address = f"/calls/{course.call_id}/board"

    before = (await course.coordinator.get(address)).json()
    await board.asks(1, "conflicts", {"nomination_id": ids["TN_001"], "grounds": "family"})
    after = (await course.coordinator.get(address)).json()
    to_a_reviewer = (await board.signed_in[0].get(address)).json()

    assert before["too_few_may_judge"] == []
    assert after["too_few_may_judge"] == [ids["TN_001"]]
    assert to_a_reviewer["too_few_may_judge"] is None


async def test_the_mean_of_the_board_decides_before_the_ranks_of_the_parties(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course = board.course
    second = await a_second_coordinator(course)
    early = await course.coordinator.post(f"/calls/{course.call_id}/selection-runs", json={})
    at_once = await course.coordinator.post(f"/calls/{course.call_id}/selection")
    for number in (0, 1, 2):
        await board.scores(number, JO_003=(5, 4))
        await board.score_everybody(number, 2)
    await closes(course)

    run = await a_run(course)
    unapproved = await step(course, run, "conclusion")
    await step(course, run, "approval", second)
    concluded = await step(course, run, "conclusion")

    assert early.json()["code"] == "board-is-still-scoring"
    assert at_once.json()["code"] == "selection-is-made-in-steps"
    assert "JO-003" in references(run)
    assert unapproved.json()["code"] == "approval-is-missing"
    assert concluded.json()["state"] == "concluded"
    shown = await course.coordinator.get(f"/calls/{course.call_id}/board/scores")
    assert len(shown.json()["nominations"]) == 6


async def test_minutes_are_coded_and_for_who_may_see_the_run(registration: Registration) -> None:
    board = await a_board(registration)
    course = board.course
    for number in (0, 1, 2):
        await board.score_everybody(number)
    await closes(course)
    run = await a_run(course)
    await changes(course, run, "JO-001", "JO-003")
    address = f"/selection-runs/{run['id']}/minutes"

    read = [
        await who.get(f"{address}?lang=fr")
        for who in (course.coordinator, registration.client("auditor"), board.signed_in[0])
    ]
    denied = [await who.get(address) for who in (course.points["JO"], board.signed_in[1])]

    assert [one.status_code for one in denied] == [404, 404]
    assert {one.headers["content-type"] for one in read} == {"application/pdf"}
    text, audited, chaired = (
        " ".join(page.extract_text() for page in PdfReader(BytesIO(one.content)).pages)
        for one in read
    )
    assert text == chaired
    assert "Procès-verbal de la sélection" in text
    assert WHY in text
    assert WHY in audited
    assert "JO JO-003" in text
    assert "JO-003" not in audited
    assert not [name for name in ("Given", "Family") if name in text]


async def test_who_chairs_the_board_may_change_the_proposal(registration: Registration) -> None:
    board = await a_board(registration)
    course = board.course
    for number in (0, 1, 2):
        await board.score_everybody(number)
    await closes(course)
    run = await a_run(course)
    chair, expert = board.signed_in[0], board.signed_in[1]
    ids = await board.ids()
    body = {"leaves": ids["JO_001"], "comes": ids["JO_002"], "reason": "She leads the unit."}
    address = f"/selection-runs/{run['id']}/overrides"

    refused = await expert.post(address, json=body)
    changed = await chair.post(address, json=body)

    assert refused.status_code == 404
    assert changed.status_code == 201, changed.text
    assert "JO-002" in references(changed.json())
    await step(course, run, "approval")
    await step(course, run, "approval", await a_second_coordinator(course))
    await step(course, run, "conclusion")
    (left,) = [
        row for row in await registration.rows(nomination) if row["id"] == UUID(ids["JO_001"])
    ]
    assert left["outcome_reason"] == [{"code": "decided-by-board"}]


@pytest.mark.parametrize("near", ["JO_001", "JO_002"])
async def test_a_chair_does_not_decide_about_whom_a_conflict_was_declared(
    registration: Registration, near: str
) -> None:
    board = await a_board(registration)
    ids = await board.ids()
    await board.asks(0, "conflicts", {"nomination_id": ids[near], "grounds": "family"})
    for number in (0, 1, 2):
        await board.score_everybody(number)
    await closes(board.course)
    run = await a_run(board.course)
    body = {"leaves": ids["JO_001"], "comes": ids["JO_002"], "reason": WHY}
    address = f"/selection-runs/{run['id']}/overrides"

    refused = await board.signed_in[0].post(address, json=body)
    by_another = await board.course.coordinator.post(address, json=body)

    assert (refused.status_code, refused.json()["code"]) == (409, "conflict-of-interest")
    assert by_another.status_code == 201, by_another.text


async def test_a_chair_does_not_decide_about_an_officer_of_their_party(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course, ids = board.course, await board.ids()
    chairs = [
        {**one, "chairs": place == 2} for place, one in enumerate(board.described()["reviewers"])
    ]
    changed = await course.coordinator.put(
        f"/calls/{course.call_id}/board",
        json=board.described(reviewers=chairs),
        headers={"If-Match": '"1"'},
    )
    for number in (0, 1, 2):
        await board.score_everybody(number)
    await closes(course)
    run = await a_run(course)
    body = {"leaves": ids["JO_001"], "comes": ids["TN_001"], "reason": WHY}

    refused = await board.signed_in[2].post(f"/selection-runs/{run['id']}/overrides", json=body)

    assert changed.status_code == 200, changed.text
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict-of-interest")


async def test_a_change_by_a_coordinator_is_still_approved_by_another(
    registration: Registration,
) -> None:
    board = await a_board(registration)
    course = board.course
    for number in (0, 1, 2):
        await board.score_everybody(number)
    await closes(course)
    run = await a_run(course)
    second = await a_second_coordinator(course)

    await changes(course, run, "JO-001", "JO-003")
    by_themself = await step(course, run, "approval")
    approved = await step(course, run, "approval", second)

    assert by_themself.json()["code"] == "approver-is-the-proposer"
    assert approved.json()["state"] == "approved"
