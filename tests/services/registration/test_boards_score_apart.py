"""A selection board: each scores apart, near ones do not count, the mean goes to the selection."""

import base64
import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from services.registration.tables import board_score, nomination
from shared.contracts.registration import (
    BoardClosed,
    BoardOpened,
    ReviewerAppointed,
    ReviewerReminded,
)
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    ACTIVITY,
    AFTER_THE_DEADLINE,
    Course,
    a_course,
    registers,
)
from tests.services.registration.test_nominations_are_returned import gives_back
from tests.services.registration.test_the_selection_is_made_in_steps import (
    WHY,
    a_full_course,
    a_run,
    a_second_coordinator,
    changes,
    references,
    step,
)

UNTIL = {"local": "2018-05-25T16:00:00", "zone": "Asia/Amman"}
CRITERIA = [
    {"code": "experience", "names": {"en": "Experience"}, "weight": 2},
    {"code": "role", "names": {"en": "Role"}, "weight": 1},
]


class Reviewers:
    """The people of a board, and what they do."""

    def __init__(
        self, course: Course, people: list[UUID], signed_in: list[httpx.AsyncClient]
    ) -> None:
        self.course, self.people, self.signed_in = course, people, signed_in

    def described(self, **other: Any) -> dict[str, Any]:
        """The board as it is asked for; the first of them chairs it."""
        reviewers = [
            {"person_id": str(one), "chairs": place == 0} for place, one in enumerate(self.people)
        ]
        return {"reviewers": reviewers, "criteria": CRITERIA, "scores_until": UNTIL, **other}

    async def asks(self, number: int, what: str, body: Any = None) -> httpx.Response:
        """A reviewer does something; the first is number 0."""
        address = f"/calls/{self.course.call_id}/board/{what}"
        person = self.signed_in[number]
        return await (person.get(address) if body is None else person.post(address, json=body))

    async def scores(self, number: int, **by_reference: tuple[int, int]) -> httpx.Response:
        """A reviewer scores officers, called `JO_001`, in both criteria."""
        ids = await self.ids()
        given = [
            {"nomination_id": ids[name], "scores": {"experience": first, "role": second}}
            for name, (first, second) in by_reference.items()
        ]
        return await self.asks(number, "scores", {"nominations": given})

    async def ids(self) -> dict[str, str]:
        """Nominations by reference, called `JO_001`."""
        rows = await self.course.registration.rows(nomination)
        return {row["officer_reference"].replace("-", "_"): str(row["id"]) for row in rows}

    async def score_everybody(self, number: int, score: int = 3) -> httpx.Response:
        """A reviewer gives the same to all that they may judge, and hands in."""
        reviews = (await self.asks(number, "reviews")).json()["nominations"]
        mine = {
            one["officer_reference"].replace("-", "_"): (score, score)
            for one in reviews
            if one["conflict"] is None and not one["scores"]
        }
        if mine:
            await self.scores(number, **mine)
        return await self.asks(number, "submission", {})


async def three_reviewers(course: Course) -> Reviewers:
    """Two of the organisation, and one from Tunisia who nominates for nobody."""
    people = [
        await registers(course, subject="chair"),
        await registers(course, subject="expert"),
        await registers(course, subject="tunisian", party="TN"),
    ]
    subjects = ("chair", "expert", "tunisian")
    return Reviewers(
        course, people, [course.registration.client("instructor", subject=one) for one in subjects]
    )


async def a_board(registration: Registration, **call: Any) -> Reviewers:
    """A board of three for a call after its deadline."""
    course = await a_full_course(registration, **call)
    reviewers = await three_reviewers(course)
    address = f"/calls/{course.call_id}/board"
    opened = await course.coordinator.post(address, json=reviewers.described())
    assert opened.status_code == 201, opened.text
    return reviewers


async def closes(course: Course) -> httpx.Response:
    """The coordinator ends the scoring."""
    return await course.coordinator.post(f"/calls/{course.call_id}/board/closing")


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
