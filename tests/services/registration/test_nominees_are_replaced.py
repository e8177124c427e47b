"""Another officer of the same party takes a seat, where every quota still holds."""

from typing import Any

import httpx
import pytest

from services.registration.tables import nomination, offer
from shared.contracts.registration import (
    NominationReplaced,
    NominationSelected,
    NominationSubmitted,
    SeatOffered,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course, an_officer
from tests.services.registration.made_once import made_once


async def replace(course: Course, reference: str, officer: dict[str, Any]) -> httpx.Response:
    """The focal point of JO replaces an officer."""
    rows = await course.registration.rows(nomination)
    row = next(row for row in rows if row["officer_reference"] == reference)
    body = {"officer": officer}
    return await course.points["JO"].post(f"/nominations/{row['id']}/replacement", json=body)


@made_once
async def a_selection(registration: Registration) -> Course:
    """JO-001, a woman whom the quota needs, and TN-001 are offered seats; JO-002 waits."""
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("JO", 2)
    await course.nominates("TN", 1)
    await course.selects()
    await registration.said()
    return course


async def test_an_officer_nominated_now_takes_the_seat(registration: Registration) -> None:
    course = await a_selection(registration)

    answer = await replace(course, "JO-001", an_officer("JO", 9, sex="female"))

    said = await registration.said(
        NominationReplaced, NominationSubmitted, NominationSelected, SeatOffered
    )
    assert answer.status_code == 201, answer.text
    assert [type(one) for one in said] == [
        NominationReplaced,
        NominationSubmitted,
        NominationSelected,
        SeatOffered,
    ]
    assert (said[1].late, said[1].priority) == (True, 1)
    assert answer.json()["id"] == str(said[2].nomination_id)
    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "waitlisted",
        "JO-009": "selected",
        "TN-001": "selected",
    }
    rows = [row for row in await registration.rows(offer) if row["state"] == "live"]
    assert sorted(row["seat"] for row in rows) == [1, 2]


async def test_an_officer_of_the_waiting_list_takes_the_seat(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.selects()

    answer = await replace(course, "JO-001", an_officer("JO", 2))

    assert answer.status_code == 201, answer.text
    assert await course.standing() == {"JO-001": "replaced", "JO-002": "selected"}
    assert len(await registration.rows(nomination)) == 2


async def test_a_replacement_that_breaks_a_quota_changes_nothing(
    registration: Registration,
) -> None:
    course = await a_selection(registration)

    answer = await replace(course, "JO-001", an_officer("JO", 9, sex="male"))

    assert (answer.status_code, answer.json()["code"]) == (409, "seat-would-break-quota")
    assert [one["path"] for one in answer.json()["errors"]] == ["sex.female"]
    assert (await course.standing())["JO-001"] == "selected"
    assert [row["state"] for row in await registration.rows(offer)] == ["live", "live"]
    assert await registration.said() == []


@pytest.mark.parametrize(
    ("reference", "number", "code"),
    [
        ("JO-002", 9, "nomination-has-moved"),
        ("JO-001", 1, "nomination-has-moved"),
    ],
)
async def test_who_holds_no_seat_is_not_replaced(
    registration: Registration, reference: str, number: int, code: str
) -> None:
    course = await a_selection(registration)
    if number == 1:
        await replace(course, "JO-001", an_officer("JO", 9, sex="female"))

    answer = await replace(course, reference, an_officer("JO", number))

    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_a_link_of_who_was_replaced_answers_nothing(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    await replace(course, "JO-001", an_officer("JO", 2))

    path = offered.link.removeprefix("http://cadre.test/registration")
    answer = await registration.client().post(path, data={"answer": "accept"})

    assert (answer.status_code, answer.json()["code"]) == (409, "offer-is-not-live")
    assert (await course.standing())["JO-002"] == "selected"
