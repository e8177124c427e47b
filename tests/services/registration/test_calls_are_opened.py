"""Opening a call: what must be known, what is refused, who is invited."""

from typing import Any

import pytest

from services.registration.tables import call
from shared.contracts.registration import CallOpened, FocalPointInvited
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    PROJECT,
    a_call,
    a_course,
    registers,
    the_activity,
)


async def test_an_activity_not_told_of_yet_is_answered_with_a_delay(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)

    early = await course.coordinator.post(
        "/calls", json=a_call(activity_id="018f0000-0000-7000-8000-000000000000")
    )
    partner = await course.admin.post(
        "/projects/018f0000-0000-7000-8000-000000000000/partners",
        json={"party": "JO", "from_on": "2018-01-01"},
    )

    for answer in (early, partner):
        assert answer.status_code == 409
        assert answer.json()["code"] == "not-known-yet"
        assert answer.headers["Retry-After"] == "1"


async def test_every_holder_and_deputy_is_invited_once(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    deputy = await registers(course, party="JO", subject="deputy")
    channels = (await course.admin.get(f"/projects/{PROJECT}/channels")).json()["items"]
    jordan = next(one for one in channels if one["party"] == "JO")
    await course.admin.put(
        f"/projects/{PROJECT}/channels/{jordan['id']}",
        json={
            "party": "JO",
            "holder_id": jordan["holder_id"],
            "deputy_id": str(deputy),
            "from_on": "2018-01-01",
        },
        headers={"If-Match": '"1"'},
    )

    opened = await course.coordinator.post("/calls", json=a_call())

    said = await registration.said(CallOpened, FocalPointInvited)
    invited = [(one.party, one.person_id) for one in said if isinstance(one, FocalPointInvited)]
    assert opened.status_code == 201
    assert len(invited) == len(set(invited)) == 3
    assert ("JO", deputy) in invited
    assert next(one for one in said if isinstance(one, CallOpened)).reference == "AMM-2018-01"
    link = f"http://cadre.test/registration/calls/{opened.json()['id']}/page"
    assert {one.link for one in said if isinstance(one, FocalPointInvited)} == {link}


@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ({"seats": 1, "women_minimum": 2}, "quotas-contradict", "women_minimum"),
        (
            {"parties": [{"party": "JO", "minimum": 3, "maximum": 2}]},
            "quotas-contradict",
            "parties.0",
        ),
        ({"parties": [{"party": "JO"}, {"party": "JO"}]}, "quotas-contradict", "parties.1"),
        ({"parties": [{"party": "EG"}]}, "party-is-not-a-partner", "parties.0.party"),
        (
            {"deadline": {"local": "2018-03-30T00:30:00", "zone": "Asia/Amman"}},
            "deadline-is-not-possible",
            "deadline.local",
        ),
        (
            {"deadline": {"local": "2019-03-29T00:30:00", "zone": "Asia/Amman"}},
            "deadline-is-not-possible",
            "deadline.local",
        ),
        (
            {"deadline": {"local": "2018-05-10T16:00:00", "zone": "Amman"}},
            "deadline-is-not-possible",
            "deadline.zone",
        ),
        (
            {"deadline": {"local": "2018-05-10T16:00:00+03:00", "zone": "Asia/Amman"}},
            "deadline-is-not-possible",
            "deadline.local",
        ),
        *(
            (
                {"deadline": {"local": local, "zone": zone}},
                "deadline-is-not-possible",
                "deadline.local",
            )
            for local, zone in (
                ("2018-06-24T00:00:00", "Asia/Amman"),
                ("2018-06-23T23:00:00", "America/Mexico_City"),
                ("2018-07-01T16:00:00", "Asia/Amman"),
                ("9999-12-31T23:59:59", "Asia/Amman"),
                ("9999-12-31T23:59:59", "America/Mexico_City"),
                ("9999-12-31T23:59:59", "UTC"),
                ("0001-01-01T00:00:00", "Asia/Amman"),
                ("0001-01-01T00:00:00", "UTC"),
            )
        ),
    ],
)
async def test_what_is_wrong_with_a_call_is_named(
    registration: Registration, asked: dict[str, Any], code: str, named: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(**asked))

    assert answer.json()["code"] == code, answer.text
    assert named in [one["path"] for one in answer.json()["errors"]]
    assert await registration.rows(call) == []


async def test_a_deadline_may_fall_on_the_eve_of_the_activity(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    eve = {"local": "2018-06-23T23:59:00", "zone": "Asia/Amman"}

    answer = await course.coordinator.post("/calls", json=a_call(deadline=eve))

    assert answer.status_code == 201, answer.text


async def test_a_deadline_too_late_is_no_matter_while_the_activity_is_not_known(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    asked = {
        "activity_id": "018f0000-0000-7000-8000-000000000000",
        "deadline": {"local": "9999-12-31T23:59:59", "zone": "UTC"},
    }

    answer = await course.coordinator.post("/calls", json=a_call(**asked))

    assert (answer.status_code, answer.json()["code"]) == (409, "not-known-yet")


async def test_a_party_without_focal_point_is_named(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    await course.admin.post(
        "/parties", json={"party": "EG", "kind": "country", "names": {"en": "Egypt"}}
    )
    joined = {"party": "EG", "from_on": "2018-01-01"}
    await course.admin.post(f"/projects/{PROJECT}/partners", json=joined)

    answer = await course.coordinator.post("/calls", json=a_call(parties=[{"party": "EG"}]))

    assert (answer.status_code, answer.json()["code"]) == (409, "channel-is-missing")
    assert answer.json()["errors"][0]["path"] == "parties.0.party"


async def test_an_activity_has_one_call_and_none_once_it_is_over(
    registration: Registration,
) -> None:
    course = await a_course(registration)

    second = await course.coordinator.post("/calls", json=a_call())
    await registration.hears(the_activity(state="cancelled"), sequence=2)
    over = await course.coordinator.post("/calls", json=a_call())

    assert second.json()["code"] == "call-exists"
    assert over.json()["code"] == "activity-is-over"


async def test_the_same_request_twice_opens_one_call(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    key = {"Idempotency-Key": "the same"}

    first = await course.coordinator.post("/calls", json=a_call(), headers=key)
    again = await course.coordinator.post("/calls", json=a_call(), headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(await registration.rows(call)) == 1
