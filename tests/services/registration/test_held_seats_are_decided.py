"""A held seat is decided by a coordinator: given though a quota is missed, or left unused."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.registration.tables import (
    held_seat,
    nomination,
    offer,
    seat_decision,
)
from shared.contracts.registration import (
    NominationSelected,
    SeatDecided,
    SeatFreed,
    SeatHeld,
    SeatOffered,
)
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.made_once import made_once

WHY = "The country could name no other woman in time."


@made_once
async def a_held_seat(registration: Registration) -> tuple[Course, int]:
    """JO-001, whom the women's quota needs, declined: her seat is held; TN-002 and TN-003 wait."""
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    for number in (1, 2, 3):
        await course.nominates("TN", number)
    await course.selects()
    woman = await of_reference(registration, "JO-001")
    offers = {one.person_id: one for one in await registration.said(SeatOffered)}
    path = offers[woman["person_id"]].link.removeprefix("http://cadre.test/registration")
    await registration.client().post(path, data={"answer": "decline"})
    await registration.hears(*await registration.said(SeatFreed))
    await registration.said()
    (ended,) = [row for row in await registration.rows(offer) if row["state"] == "declined"]
    return course, ended["seat"]


async def of_reference(registration: Registration, reference: str) -> dict[str, Any]:
    """The nomination of an officer."""
    rows = await registration.rows(nomination)
    return next(row for row in rows if row["officer_reference"] == reference)


async def gives(
    course: Course, seat: int, reference: str, who: httpx.AsyncClient | None = None
) -> httpx.Response:
    """A coordinator gives the seat to an officer."""
    row = await of_reference(course.registration, reference)
    address = f"/calls/{course.call_id}/seats/{seat}/award"
    body = {"nomination_id": str(row["id"]), "reason": WHY}
    return await (who or course.coordinator).post(address, json=body)


async def leaves(course: Course, seat: int, who: httpx.AsyncClient | None = None) -> httpx.Response:
    """A coordinator leaves the seat unused."""
    address = f"/calls/{course.call_id}/seats/{seat}/closing"
    return await (who or course.coordinator).post(address, json={"reason": WHY})


async def test_a_held_seat_is_listed_with_what_stands_in_the_way(
    registration: Registration,
) -> None:
    course, seat = await a_held_seat(registration)

    shown = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held")).json()
    to_focal_point = await course.points["JO"].get(f"/calls/{course.call_id}/seats/held")

    (held,) = shown["items"]
    assert held["seat"] == seat
    assert [(one["dimension"], one["value"]) for one in held["obstacles"]] == [("sex", "female")]
    assert to_focal_point.status_code == 404


async def test_the_seat_goes_to_the_officer_named_though_a_quota_is_missed(
    registration: Registration,
) -> None:
    course, seat = await a_held_seat(registration)

    given = await gives(course, seat, "TN-003")

    said = await registration.said(SeatDecided, NominationSelected, SeatOffered)
    chosen = await of_reference(registration, "TN-003")
    seats = await course.seats()
    decided = next(one for one in said if isinstance(one, SeatDecided))
    assert (given.status_code, given.json()["decision"]) == (201, "given")
    assert [type(one) for one in said] == [NominationSelected, SeatOffered, SeatDecided]
    assert (decided.decision, decided.nomination_id) == ("given", chosen["id"])
    assert ["sex female" in one for one in decided.missed] == [True]
    assert WHY not in decided.model_dump_json()
    assert (seats["held"], seats["offered"], seats["unused"], seats["waitlisted"]) == (0, 2, 0, 1)
    live = [row for row in await registration.rows(offer) if row["state"] == "live"]
    assert seat in [row["seat"] for row in live if row["nomination_id"] == chosen["id"]]


async def test_the_decision_is_on_record_with_its_reason(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)

    await gives(course, seat, "TN-002")

    told = await registration.client("auditor").get(f"/calls/{course.call_id}/seats/decisions")
    (decision,) = told.json()["items"]
    actions = [
        (row["action"], row["object"], row["role"]) for row in await registration.rows(audit)
    ]
    assert (decision["seat"], decision["reason"]) == (seat, WHY)
    assert ("award-held-seat", f"call/{course.call_id}/seat/{seat}", "coordinator") in actions


async def test_a_seat_left_unused_is_never_given_again(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)

    left = await leaves(course, seat)
    other = await of_reference(registration, "TN-001")
    await course.points["TN"].post(f"/nominations/{other['id']}/withdrawal")
    await registration.said(SeatHeld)
    await registration.hears_itself()

    seats = await course.seats()
    held = await registration.rows(held_seat)
    assert (left.status_code, left.json()["decision"]) == (201, "left_unused")
    assert (seats["unused"], seats["held"], seats["offered"]) == (1, 1, 0)
    assert len(held) == 1
    assert [row["seat"] for row in await registration.rows(seat_decision)] == [seat]
    assert (await leaves(course, seat)).json()["code"] == "seat-is-not-held"


async def test_a_seat_given_and_declined_is_held_again(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)
    await gives(course, seat, "TN-003")
    (offered,) = await registration.said(SeatOffered)
    path = offered.link.removeprefix("http://cadre.test/registration")

    await registration.client().post(path, data={"answer": "decline"})
    await registration.hears(*await registration.said(SeatFreed))

    again = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held")).json()["items"]
    assert [one["seat"] for one in again] == [seat]
    assert (await gives(course, seat, "TN-002")).status_code == 201
    assert len(await registration.rows(seat_decision)) == 2


async def test_only_a_held_seat_and_a_waiting_officer_are_decided_on(
    registration: Registration,
) -> None:
    course, seat = await a_held_seat(registration)
    other = 3 - seat

    answers = [
        await gives(course, other, "TN-002"),
        await leaves(course, other),
        await gives(course, seat, "TN-001"),
        await gives(course, 9_999, "TN-002"),
        await gives(course, 0, "TN-002"),
        await gives(course, seat, "TN-002", course.points["TN"]),
        await leaves(course, seat, registration.client("auditor")),
        await course.coordinator.post(
            f"/calls/{course.call_id}/seats/{seat}/closing", json={"reason": " "}
        ),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (409, "seat-is-not-held"),
        (409, "seat-is-not-held"),
        (409, "nomination-has-moved"),
        (409, "seat-is-not-held"),
        (422, "fields-are-not-valid"),
        (404, "not-found"),
        (404, "not-found"),
        (422, "fields-are-not-valid"),
    ]
    assert await registration.rows(seat_decision) == []


@pytest.mark.both_databases
async def test_of_two_decisions_at_once_one_is_made(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)

    answers = await asyncio.gather(
        gives(course, seat, "TN-002"), leaves(course, seat), gives(course, seat, "TN-003")
    )

    assert sorted(one.status_code for one in answers) == [201, 409, 409]
    assert len(await registration.rows(seat_decision)) == 1
    assert await registration.rows(held_seat) == []


async def test_once_the_activity_has_begun_a_held_seat_is_only_left_unused(
    registration: Registration,
) -> None:
    course, seat = await a_held_seat(registration)
    await registration.moves_to(datetime(2018, 6, 24, 9, tzinfo=UTC))

    given, left = await gives(course, seat, "TN-002"), await leaves(course, seat)

    assert (given.status_code, given.json()["code"]) == (409, "activity-is-over")
    assert left.status_code == 201


async def test_an_erased_officer_takes_the_reason_along(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)
    await gives(course, seat, "TN-003")
    chosen = await of_reference(registration, "TN-003")

    await course.admin.post(f"/persons/{chosen['person_id']}/erasure")

    (decision,) = await registration.rows(seat_decision)
    assert (decision["reason"], decision["decision"]) == (None, "given")
