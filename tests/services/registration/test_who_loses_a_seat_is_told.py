"""A seat is taken away from an officer who knew of it, and they are told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.contracts.registration import SeatOffered, SeatTakenBack
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course, an_officer, the_activity
from tests.services.registration.made_once import made_once

AFTER_THE_CUT_OFF = datetime(2018, 6, 11, 6, tzinfo=UTC)
ANOTHER = {"officer": an_officer("JO", 9)}


@made_once
async def a_seat(registration: Registration, **call: Any) -> tuple[Course, dict[str, Any], Any]:
    """JO-001 is offered the one seat of a call; who has it, and the offer if they were told."""
    course = await a_course(registration, seats=1, **call)
    nominated = await course.nominates("JO", 1)
    await course.selects()
    offers = await registration.said(SeatOffered)
    return course, nominated, offers[0] if offers else None


async def accepts(registration: Registration, offered: SeatOffered) -> None:
    """The officer confirms by the link."""
    path = offered.link.removeprefix("http://cadre.test/registration")
    answer = await registration.client().post(path, data={"answer": "accept"})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("way", "body", "told_why"),
    [
        ("withdrawal", None, "The nomination was withdrawn, and the seat given back."),
        ("replacement", ANOTHER, "The seat was passed to another officer."),
    ],
)
async def test_a_confirmed_officer_is_told_once_that_the_seat_is_gone_and_why(
    registration: Registration, way: str, body: dict[str, Any] | None, told_why: str
) -> None:
    course, nominated, offered = await a_seat(registration)
    await accepts(registration, offered)

    answer = await course.points["JO"].post(f"/nominations/{nominated['id']}/{way}", json=body)

    assert answer.is_success, answer.text
    (told,) = await registration.said(SeatTakenBack)
    assert (told.offer_id, told.recipient_id) == (offered.offer_id, offered.person_id)
    assert (told.reference, told.visibility) == ("AMM-2018-01", "discreet")
    assert (told.activity_takes_place, told.officer_reference) == (True, None)
    path = told.link.removeprefix("http://cadre.test/registration")
    page = await registration.client().get(path, params={"lang": "en"})
    assert "Your seat was taken back" in page.text
    assert told_why in page.text


@pytest.mark.parametrize("change", [{"change": "withdrawal"}, {"change": "replacement", **ANOTHER}])
async def test_a_change_that_is_carried_out_is_told_to_whom_it_costs_the_seat(
    registration: Registration, change: dict[str, Any]
) -> None:
    course, nominated, offered = await a_seat(registration, withdraw_until="2018-06-10")
    await accepts(registration, offered)
    await registration.moves_to(AFTER_THE_CUT_OFF)
    asked = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/change-requests", json={"reason": "Ill.", **change}
    )
    told_before = await registration.said(SeatTakenBack)

    decided = await course.coordinator.post(
        f"/change-requests/{asked.json()['id']}/decision", json={"decision": "accept"}
    )

    assert decided.status_code == 200, decided.text
    (told,) = await registration.said(SeatTakenBack)
    assert (told_before, told.recipient_id) == ([], offered.person_id)


async def test_who_was_not_told_of_the_seat_is_not_told_of_its_loss(
    registration: Registration,
) -> None:
    course, nominated, offered = await a_seat(registration, disclosure_hours=48)

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    assert offered is None
    assert await registration.said(SeatTakenBack) == []


async def test_an_officer_reached_through_the_focal_point_is_not_written_to(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=1)
    through = {"kind": "country", "names": {"en": "Jordan"}, "contact_directly": False}
    await course.admin.put("/parties/JO", json=through, headers={"If-Match": '"1"'})
    nominated = await course.nominates("JO", 1)
    await course.selects()

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    assert (await course.standing())["JO-001"] == "withdrawn"
    assert await registration.said(SeatTakenBack) == []


async def test_an_officer_of_an_activity_closed_since_is_not_written_to(
    registration: Registration,
) -> None:
    course, nominated, _ = await a_seat(registration)
    await registration.hears(the_activity(visibility="closed"), sequence=2)

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    assert (await course.standing())["JO-001"] == "withdrawn"
    assert await registration.said(SeatTakenBack) == []


async def test_an_erased_officer_is_told_nothing_more(registration: Registration) -> None:
    course, _, offered = await a_seat(registration)

    await course.admin.post(f"/persons/{offered.person_id}/erasure")

    assert (await course.standing()).get("JO-001") is None
    assert await registration.said(SeatTakenBack) == []
