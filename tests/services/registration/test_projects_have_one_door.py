"""A party has one channel at a time in a project, and a person one assignment in each role."""

import asyncio
from typing import Any

import pytest

from services.registration.tables import partner
from shared.contracts.registration import ChannelAssigned, StaffAssigned
from shared.rights import channel, staff_assignment
from tests.services.registration.building import Registration
from tests.services.registration.course import PROJECT, Course, a_course, registers

UNKNOWN = "018f0000-0000-7000-8000-000000000000"


async def asks(course: Course, what: str, **body: Any) -> tuple[int, str]:
    """The admin says something of the project; the status and the code of a refusal."""
    answer = await course.admin.post(f"/projects/{PROJECT}/{what}", json=body)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize(
    ("from_on", "until_on", "expected"),
    [
        ("2018-01-01", None, (409, "channel-exists")),
        ("2018-06-01", None, (409, "channel-exists")),
        ("2017-01-01", "2018-01-01", (409, "channel-exists")),
        ("2017-01-01", "2017-12-31", (201, "")),
    ],
)
async def test_a_second_channel_at_the_same_time_is_refused(
    registration: Registration, from_on: str, until_on: str | None, expected: tuple[int, str]
) -> None:
    course = await a_course(registration, seats=0)
    another = str(await registers(course, party="JO", subject="another"))
    asked = {"party": "JO", "holder_id": another, "from_on": from_on, "until_on": until_on}

    answer = await asks(course, "channels", **asked)

    assert answer == expected
    assert len(await registration.rows(channel)) == (3 if expected[0] == 201 else 2)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, (409, "assignment-exists")),
        ({"from_on": "2018-12-01", "until_on": "2018-12-31"}, (409, "assignment-exists")),
        ({"from_on": "2017-12-01", "until_on": "2017-12-31"}, (201, "")),
        ({"role": "instructor"}, (201, "")),
    ],
)
async def test_a_second_assignment_in_the_same_role_is_refused(
    registration: Registration, other: dict[str, str], expected: tuple[int, str]
) -> None:
    course = await a_course(registration, seats=0)
    (assigned,) = await registration.rows(staff_assignment)
    asked = {"person_id": str(assigned["person_id"]), "role": "coordinator"}

    answer = await asks(course, "staff", **{**asked, "from_on": "2018-01-01", **other})

    assert answer == expected


async def test_a_party_joins_once_at_a_time(registration: Registration) -> None:
    course = await a_course(registration, seats=0)

    answer = await asks(course, "partners", party="JO", from_on="2018-05-01")

    assert answer == (409, "partner-exists")
    assert len(await registration.rows(partner)) == 2


@pytest.mark.both_databases
async def test_of_the_same_request_at_once_one_is_taken(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    person = str(await registers(course, subject="another"))
    jordan = {"party": "JO", "holder_id": person, "from_on": "2017-01-01", "until_on": "2017-12-31"}
    staff = {"person_id": person, "role": "instructor", "from_on": "2018-01-01"}
    await registration.said()

    channels = await asyncio.gather(*(asks(course, "channels", **jordan) for _ in range(4)))
    assigned = await asyncio.gather(*(asks(course, "staff", **staff) for _ in range(4)))

    assert sorted(channels) == [(201, ""), *[(409, "channel-exists")] * 3]
    assert sorted(assigned) == [(201, ""), *[(409, "assignment-exists")] * 3]
    assert len(await registration.said(ChannelAssigned, StaffAssigned)) == 2


async def test_a_change_meets_the_other_channels_and_not_itself(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    address = f"/projects/{PROJECT}/channels"
    tunisian = next(row for row in await registration.rows(channel) if row["party"] == "TN")
    asked = {"holder_id": str(tunisian["holder_id"]), "from_on": "2018-01-01"}

    longer = await course.admin.put(
        f"{address}/{tunisian['id']}",
        json={**asked, "party": "TN", "until_on": "2019-12-31"},
        headers={"If-Match": '"1"'},
    )
    of_jordan = await course.admin.put(
        f"{address}/{tunisian['id']}",
        json={**asked, "party": "JO"},
        headers={"If-Match": '"2"'},
    )

    assert longer.status_code == 200, longer.text
    assert (of_jordan.status_code, of_jordan.json()["code"]) == (409, "channel-exists")


@pytest.mark.parametrize("what", ["partners", "channels", "staff"])
async def test_dates_turned_round_name_the_field(registration: Registration, what: str) -> None:
    course = await a_course(registration, seats=0)
    (assigned,) = await registration.rows(staff_assignment)
    person = str(assigned["person_id"])
    asked = {
        "partners": {"party": "JO"},
        "channels": {"party": "JO", "holder_id": person},
        "staff": {"person_id": person, "role": "auditor"},
    }[what]

    answer = await course.admin.post(
        f"/projects/{PROJECT}/{what}",
        json={**asked, "from_on": "2018-02-01", "until_on": "2018-01-31"},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "dates-are-turned")
    assert [one["path"] for one in answer.json()["errors"]] == ["until_on"]


@pytest.mark.parametrize("what", ["partners", "channels", "staff"])
@pytest.mark.parametrize("role", ["admin", "auditor", "coordinator"])
async def test_a_project_nobody_told_of_is_not_found(
    registration: Registration, what: str, role: Any
) -> None:
    course = await a_course(registration, seats=0)
    reader = registration.client(role)

    unknown = await reader.get(f"/projects/{UNKNOWN}/{what}")
    known = await course.admin.get(f"/projects/{PROJECT}/{what}")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
    assert known.status_code == 200
