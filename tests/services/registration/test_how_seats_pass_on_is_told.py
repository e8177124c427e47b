"""How seats pass on is on record: who was passed over for which quota, who got it, until when."""

from typing import Any
from uuid import UUID

import httpx

from services.registration.domain.ordering import in_order_of_the_field
from services.registration.selecting.candidates import candidate
from services.registration.tables import nomination, seat_passing
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.made_once import made_once
from tests.services.registration.test_freed_seats_move_the_list_up import declines
from tests.services.registration.test_held_seats_are_decided import (
    a_held_seat,
    gives,
    leaves,
    of_reference,
)


@made_once
async def a_passed_seat(registration: Registration) -> tuple[Course, int]:
    """JO-001, a woman, declined. TN-002 and JO-002, men, were passed over; TN-003 has the seat."""
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("TN", 1)
    await course.nominates("TN", 2)
    await course.nominates("JO", 3)
    await course.nominates("TN", 4, sex="female")
    await course.selects()
    freed = await declines(course, "JO-001")
    await registration.hears(*freed, *freed)
    (passing,) = await registration.rows(seat_passing)
    return course, passing["seat"]


async def history(course: Course, seat: int, who: httpx.AsyncClient | None = None) -> list[Any]:
    """The history of a seat, as somebody sees it."""
    asker = who or course.coordinator
    response = await asker.get(f"/calls/{course.call_id}/seats/{seat}/history")
    assert response.status_code == 200, response.text
    items: list[Any] = response.json()["items"]
    return items


async def waiting(course: Course, who: httpx.AsyncClient | None = None) -> list[Any]:
    """The waiting list, as somebody sees it."""
    asker = who or course.coordinator
    response = await asker.get(f"/calls/{course.call_id}/waiting-list")
    assert response.status_code == 200, response.text
    items: list[Any] = response.json()["items"]
    return items


async def references(registration: Registration) -> dict[str, str]:
    """What the officers of nominations are called."""
    rows = await registration.rows(nomination)
    return {str(row["id"]): row["officer_reference"] for row in rows}


async def test_a_passing_says_who_was_passed_over_for_what_and_who_got_the_seat(
    registration: Registration,
) -> None:
    course, seat = await a_passed_seat(registration)

    (passing,) = await history(course, seat)

    named = await references(registration)
    over = [(one["place"], named[one["nomination_id"]]) for one in passing["passed_over"]]
    needed = {"dimension": "sex", "value": "female", "bound": "minimum"}
    assert (passing["freed"], passing["outcome"]) == ("declined", "offered")
    assert (named[passing["left_by"]], named[passing["nomination_id"]]) == ("JO-001", "TN-004")
    assert over == [(1, "TN-002"), (2, "JO-003")]
    assert passing["reasons"] == [[{**needed, "needed": 1, "available": 0}]]
    assert passing["looked_at"] == 2
    assert (passing["working_days"], passing["calendar_country"]) == (5, "TN")
    assert passing["calendar_sequence"] == 1
    assert passing["answer_by"] is not None


async def test_a_focal_point_sees_of_it_its_own_officers_and_their_reasons(
    registration: Registration,
) -> None:
    course, seat = await a_passed_seat(registration)

    (jordan,) = await history(course, seat, course.points["JO"])
    (tunisia,) = await history(course, seat, course.points["TN"])
    (auditor,) = await history(course, seat, registration.client("auditor"))

    named = await references(registration)
    assert [(one["place"], named[one["nomination_id"]]) for one in jordan["passed_over"]] == [
        (2, "JO-003")
    ]
    assert jordan["reasons"][0][0]["dimension"] == "sex"
    assert jordan["reasons"][0][0]["available"] is None
    assert (jordan["nomination_id"], jordan["answer_by"], jordan["looked_at"]) == (None, None, None)
    assert named[jordan["left_by"]] == "JO-001"
    assert (tunisia["left_by"], named[tunisia["nomination_id"]]) == (None, "TN-004")
    assert [one["place"] for one in tunisia["passed_over"]] == [1]
    assert len(auditor["passed_over"]) == 2
    assert "Given" not in str(auditor)


async def test_who_has_no_part_in_the_call_sees_no_history(registration: Registration) -> None:
    course, seat = await a_passed_seat(registration)

    stranger = registration.client("focal_point", "EG")
    answers = [
        await stranger.get(f"/calls/{course.call_id}/seats/{seat}/history"),
        await stranger.get(f"/calls/{course.call_id}/waiting-list"),
    ]

    assert [one.status_code for one in answers] == [404, 404]


async def test_a_held_seat_and_what_was_decided_stand_in_its_history(
    registration: Registration,
) -> None:
    course, seat = await a_held_seat(registration)
    await gives(course, seat, "TN-003")
    await registration.hears(*await declines(course, "TN-003"))
    await leaves(course, seat)

    told = await history(course, seat)

    chosen = await of_reference(registration, "TN-003")
    assert [(one["freed"], one["outcome"]) for one in told] == [
        ("declined", "held"),
        ("declined", "given"),
        ("declined", "held"),
        ("declined", "left_unused"),
    ]
    assert told[1]["nomination_id"] == told[2]["left_by"] == str(chosen["id"])
    assert [one["dimension"] for one in told[1]["obstacles"]] == ["sex"]
    assert len(told[0]["passed_over"]) == 2


async def test_a_replacement_is_a_passing_too(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.nominates("JO", 3)
    await course.selects()
    leaving = await of_reference(registration, "JO-001")

    answer = await course.points["JO"].post(
        f"/nominations/{leaving['id']}/replacement",
        json={
            "officer": {
                "officer_reference": "JO-003",
                "names": [{"script": "Latn", "given": "Given 3", "family": "Family JO"}],
                "sex": "male",
                "unit": "immigration",
                "language": "ar",
            }
        },
    )
    (passing,) = await registration.rows(seat_passing)
    (told,) = await history(course, passing["seat"])

    assert answer.status_code == 201, answer.text
    assert (told["freed"], told["outcome"], told["left_by"]) == (
        "replaced",
        "replaced",
        str(leaving["id"]),
    )
    assert told["nomination_id"] == answer.json()["id"]


async def test_the_list_tells_each_place_and_what_blocks(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)

    shown = await waiting(course)
    tunisia = await waiting(course, course.points["TN"])
    jordan = await waiting(course, course.points["JO"])

    told = [(one["place"], one["nominee"]["officer_reference"], one["eligible"]) for one in shown]
    assert told == [(1, "TN-002", False), (2, "TN-003", False)]
    assert [one["dimension"] for one in shown[0]["blocked_by"]] == ["sex"]
    assert [one["place"] for one in tunisia] == [1, 2]
    assert tunisia[0]["blocked_by"][0]["needed"] is None
    assert jordan == []
    assert UUID(shown[0]["nominee"]["id"])


async def test_a_focal_point_is_told_the_place_in_the_whole_list(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    for number in (1, 2, 3, 4):
        await course.nominates("JO", number)
        await course.nominates("TN", number)
    await course.selects()

    shown = await waiting(course)
    jordan = await waiting(course, course.points["JO"])
    page = (await course.coordinator.get(f"/calls/{course.call_id}/waiting-list?limit=2")).json()
    rest = (
        await course.coordinator.get(
            f"/calls/{course.call_id}/waiting-list?limit=500&after={page['next']}"
        )
    ).json()

    own = [one["place"] for one in shown if one["nominee"]["party"] == "JO"]
    assert [one["place"] for one in shown] == [1, 2, 3, 4, 5, 6]
    assert [one["place"] for one in jordan] == own
    assert page["items"] + rest["items"] == shown
    assert all(one["eligible"] for one in shown)


async def test_the_list_is_in_the_order_of_the_field_whatever_was_scored(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1, takes_late=True)
    for party in ("JO", "TN"):
        for number in range(1, 7):
            await course.nominates(party, number)
    await course.selects()
    for number in (7, 8):
        await course.nominates("JO", number)
    async with registration.database.writing() as connection:
        for reference, score in (("JO-004", 70), ("TN-005", 90), ("JO-007", 99), ("TN-006", 70)):
            mine = nomination.update().where(nomination.c.officer_reference == reference)
            await connection.execute(mine.values(score=score))

    shown = await waiting(course)

    rows = [row for row in await registration.rows(nomination) if row["status"] == "waitlisted"]
    field = in_order_of_the_field("AMM-2018-01", map(candidate, rows))
    assert [one["nominee"]["id"] for one in shown] == [str(one.nomination_id) for one in field]
    assert [one["nominee"]["officer_reference"] for one in shown][-2:] == ["JO-007", "JO-008"]
