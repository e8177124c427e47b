"""A call is amended while nobody is selected: who is told, and what is refused."""

from typing import Any

import pytest

from shared.contracts.registration import CallChanged, DeadlineExtended, FocalPointInvited
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    Course,
    a_call,
    a_course,
    registers,
)

LATER = {"local": "2018-05-17T16:00:00", "zone": "Asia/Amman"}


async def amends(course: Course, version: int = 1, **changes: Any) -> Any:
    """The coordinator has the call be as it was opened, but for the changes."""
    asked = {name: value for name, value in a_call(**changes).items() if name != "activity_id"}
    return await course.coordinator.put(
        f"/calls/{course.call_id}", json=asked, headers={"If-Match": f'"{version}"'}
    )


async def test_a_later_deadline_is_told_to_each_who_nominates(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.said()

    answer = await amends(course, deadline=LATER)

    changed, *told = await registration.said()
    assert (answer.status_code, answer.json()["version"]) == (200, 2), answer.text
    assert answer.json()["deadline"]["local"] == LATER["local"]
    assert isinstance(changed, CallChanged)
    assert changed.deadline.local.isoformat() == LATER["local"]
    assert [(type(one), one.party) for one in told] == [
        (DeadlineExtended, "JO"),
        (DeadlineExtended, "TN"),
    ]
    await registration.moves_to(AFTER_THE_DEADLINE)
    await course.nominates("JO", 1)


async def test_quotas_and_seats_change_and_nobody_is_written_to(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("TN", 1)
    await registration.said()

    answer = await amends(course, seats=1, women_minimum=1)

    told = await registration.said()
    selected = await course.selects()
    assert [type(one) for one in told] == [CallChanged]
    assert {one["dimension"] for one in answer.json()["quotas"]} == {"party", "sex"}
    assert (selected.status_code, selected.json()["selected"]) == (200, 1), selected.text
    assert (await course.standing())["JO-001"] == "selected"


async def test_a_further_party_is_invited_and_none_is_left_out(registration: Registration) -> None:
    course = await a_course(registration, parties=[{"party": "JO"}])
    await registration.said()

    both = await amends(course, parties=[{"party": "JO"}, {"party": "TN"}])
    one = await amends(course, version=2, parties=[{"party": "TN"}])
    stranger = await amends(
        course, version=2, parties=[{"party": "JO"}, {"party": "TN"}, {"party": "EG"}]
    )

    invited = await registration.said(FocalPointInvited)
    assert both.status_code == 200, both.text
    assert [told.party for told in invited] == ["TN"]
    assert (one.status_code, one.json()["code"]) == (422, "party-stays-invited")
    assert stranger.json()["errors"][0]["path"] == "parties.2.party"


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"seats": 1, "women_minimum": 2}, "quotas-contradict", "women_minimum"),
        (
            {"deadline": {"local": "2018-05-09T16:00:00", "zone": "Asia/Amman"}},
            "deadline-is-not-possible",
            "deadline.local",
        ),
        (
            {"deadline": {"local": "2018-06-24T16:00:00", "zone": "Asia/Amman"}},
            "deadline-is-not-possible",
            "deadline.local",
        ),
        ({"decide_on": "2018-06-01"}, "deadline-is-not-possible", "decide_on"),
        (
            {"minimum_seats": 1, "decide_on": "2018-06-24"},
            "deadline-is-not-possible",
            "decide_on",
        ),
    ],
)
async def test_what_is_wrong_is_named(
    registration: Registration, changes: dict[str, Any], code: str, path: str
) -> None:
    course = await a_course(registration)
    await registration.said()

    answer = await amends(course, **changes)

    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert path in [one["path"] for one in answer.json()["errors"]]
    assert await registration.said() == []


async def test_nobody_overwrites_what_they_have_not_seen(registration: Registration) -> None:
    course = await a_course(registration)
    await amends(course, deadline=LATER)

    stale = await amends(course, version=1)
    blind = await course.coordinator.put(f"/calls/{course.call_id}", json={})

    assert stale.status_code == 412
    assert blind.status_code in (422, 428)


async def test_only_the_project_s_coordinators_amend(registration: Registration) -> None:
    course = await a_course(registration)
    await registers(course, subject="stranger")
    asked = {name: value for name, value in a_call().items() if name != "activity_id"}
    address, version = f"/calls/{course.call_id}", {"If-Match": '"1"'}

    focal_point = await course.points["JO"].put(address, json=asked, headers=version)
    stranger = await registration.client("coordinator", subject="stranger").put(
        address, json=asked, headers=version
    )

    assert (focal_point.status_code, stranger.status_code) == (404, 404)


async def test_a_deadline_that_has_passed_may_stay_and_be_extended(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await registration.moves_to(AFTER_THE_DEADLINE)

    same = await amends(course, seats=1)
    later = await amends(course, version=2, seats=1, deadline=LATER)

    assert same.status_code == 200, same.text
    assert (later.status_code, later.json()["state"]) == (200, "open"), later.text


async def test_once_somebody_is_selected_the_call_stands(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()

    answer = await amends(course, version=2)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-selected")
