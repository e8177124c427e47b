"""After the cut-off a focal point asks to give a seat back, or for a replacement."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.registration.tables import change_request
from shared.contracts.registration import NominationWithdrawn, SeatFreed, SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_call, a_course, an_officer
from tests.services.registration.frozen import a_frozen_list, asks, decides
from tests.services.registration.made_once import made_once

CUT_OFF = "2018-06-10"
AFTER_THE_CUT_OFF = datetime(2018, 6, 11, 6, tzinfo=UTC)


@made_once
async def seats_after_the_cut_off(registration: Registration) -> tuple[Course, list[Any]]:
    """JO-001 and TN-001 are offered seats, and the day to give them back freely passes."""
    course, nominated = await a_frozen_list(registration, withdraw_until=CUT_OFF)
    await course.selects()
    offered = await registration.said(SeatOffered)
    visitor = registration.client()
    for one in offered:
        path = one.link.removeprefix("http://cadre.test/registration")
        await visitor.post(path, data={"answer": "accept"})
    await registration.moves_to(AFTER_THE_CUT_OFF)
    await registration.said()
    return course, nominated


async def test_after_the_cut_off_a_focal_point_asks_to_give_a_seat_back(
    registration: Registration,
) -> None:
    course, (first, _) = await seats_after_the_cut_off(registration)
    address = f"/nominations/{first['id']}"

    withdrawn = await course.points["JO"].post(f"{address}/withdrawal")
    replaced = await course.points["JO"].post(
        f"{address}/replacement", json={"officer": an_officer("JO", 9)}
    )
    asked = await asks(course, first, change="withdrawal")

    assert [one.json()["code"] for one in (withdrawn, replaced)] == ["cut-off-has-passed"] * 2
    assert asked.status_code == 201, asked.text
    await decides(course, asked, decision="accept")
    said = await registration.said(NominationWithdrawn, SeatFreed)
    assert [type(one) for one in said] == [NominationWithdrawn, SeatFreed]


async def test_after_the_cut_off_a_replacement_is_asked_for(registration: Registration) -> None:
    course, (first, _) = await seats_after_the_cut_off(registration)

    asked = await asks(course, first, change="replacement", officer=an_officer("JO", 2))
    await decides(course, asked, decision="accept")

    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "selected",
        "TN-001": "confirmed",
    }


async def test_the_cut_off_binds_parties_and_seats_only(registration: Registration) -> None:
    course, (first, second) = await seats_after_the_cut_off(registration)

    waiting = await course.points["JO"].post(f"/nominations/{second['id']}/withdrawal")
    seated = await course.coordinator.post(f"/nominations/{first['id']}/withdrawal")

    assert (waiting.status_code, seated.status_code) == (200, 200)


@pytest.mark.parametrize("day", ["2018-05-09", "2018-06-24"])
async def test_a_cut_off_lies_between_deadline_and_activity(
    registration: Registration, day: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(withdraw_until=day))

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline-is-not-possible")
    assert [one["path"] for one in answer.json()["errors"]] == ["withdraw_until"]


async def test_after_the_cut_off_the_page_asks_instead_of_withdrawing(
    registration: Registration,
) -> None:
    course, (first, second) = await seats_after_the_cut_off(registration)
    page, form = f"/calls/{course.call_id}/page", f"/nominations/{first['id']}/page"
    jordan = course.points["JO"]

    shown = (await jordan.get(page)).text
    silent = await jordan.post(f"{form}/change-request")
    foreign = await course.points["TN"].post(f"{form}/change-request", data={"reason": "No."})
    asked = await jordan.post(f"{form}/change-request", data={"reason": "A new post."})
    after = (await jordan.get(page)).text

    assert "10 June 2018" in shown
    assert f"{form}/change-request" in shown
    assert f"{form}/withdrawal" not in shown
    assert f"{form}/replacement" not in shown
    assert f"/nominations/{second['id']}/page/withdrawal" in shown
    assert (silent.status_code, foreign.status_code, asked.status_code) == (422, 404, 303)
    assert f"{form}/change-request" not in after
    assert "A new post." in after
    (kept,) = await registration.rows(change_request)
    assert (kept["change"], kept["state"]) == ("withdrawal", "open")


async def test_before_the_cut_off_the_page_withdraws_and_says_until_when(
    registration: Registration,
) -> None:
    call = {"withdraw_until": CUT_OFF, "late_until": "2018-06-05", "takes_late": True}
    course, (first, _) = await a_frozen_list(registration, **call)
    await course.selects()

    shown = (await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=en")).text

    assert f"/nominations/{first['id']}/page/withdrawal" in shown
    assert f"/nominations/{first['id']}/page/replacement" in shown
    assert f"/nominations/{first['id']}/page/change-request" not in shown
    assert "Late nominations until" in shown
    assert "5 June 2018" in shown
    assert "Seats can be given back until" in shown
