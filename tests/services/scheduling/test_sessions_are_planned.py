"""Planning sessions: what is refused, and what only warns."""

import asyncio
from typing import Any

import pytest

from services.scheduling.tables import calendar, session
from shared.contracts.registration import PartyDescribed
from shared.contracts.scheduling import CalendarDescribed, SessionScheduled
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import ACTIVITY, VENUE, Course, a_course


async def _asks(course: Course, **asked: Any) -> Any:
    session = {
        "number": 9,
        "starts": "2018-06-25T09:00:00",
        "ends": "2018-06-25T11:00:00",
        "module": {"en": "Interview skills"},
        **asked,
    }
    async with course.coordinator() as client:
        return await client.post(f"/activities/{course.activity_id}/sessions", json=session)


async def test_a_session_has_local_time_zone_and_instant(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    session = await course.schedules(24)

    assert session["starts"] == {
        "local": "2018-06-24T09:00:00",
        "zone": "Asia/Amman",
        "instant": "2018-06-24T06:00:00Z",
    }
    (told,) = await scheduling.said(SessionScheduled)
    assert told.venue == VENUE["names"]
    assert told.instructor_ids == (an_id("instructor"),)


@pytest.mark.parametrize(
    ("asked", "code", "path"),
    [
        ({"room": "hall  a", "venue": True}, "room-is-taken", "room"),
        ({"instructor_ids": [str(an_id("instructor"))]}, "instructor-is-taken", "instructor_ids"),
        ({"ends": "2018-06-25T09:00:00"}, "ends-before-it-starts", "ends"),
        (
            {"starts": "2018-06-29T09:00:00", "ends": "2018-06-29T10:00:00"},
            "outside-the-activity",
            "starts",
        ),
    ],
)
async def test_a_session_that_cannot_be_held_is_refused_with_the_reason(
    scheduling: Scheduling, asked: dict[str, Any], code: str, path: str
) -> None:
    course = await a_course(scheduling)
    await course.schedules(25)
    if asked.get("venue"):
        asked = {"room": asked["room"], "venue_id": str(course.venue_id)}

    answer = await _asks(course, **asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "session-cannot-be-held-so")
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [(path, code)]


async def test_who_is_not_an_instructor_of_the_project_is_refused(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")

    known = await _asks(course, instructor_ids=[str(an_id("amal"))])
    unknown = await _asks(course, instructor_ids=[str(an_id("nobody"))])

    assert (known.status_code, known.json()["code"]) == (409, "instructor-is-not-assigned")
    assert known.json()["errors"][0]["path"] == "instructor_ids.0"
    assert (unknown.status_code, unknown.json()["code"]) == (409, "not-known-yet")


async def test_a_time_the_clocks_jump_over_is_refused(scheduling: Scheduling) -> None:
    course = await a_course(scheduling, starts_on="2018-03-26", ends_on="2018-03-30")

    answer = await _asks(course, starts="2018-03-30T00:30:00", ends="2018-03-30T03:00:00")

    assert (answer.status_code, answer.json()["code"]) == (422, "there-is-no-such-time")


async def test_a_number_is_given_once(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)

    answer = await _asks(course, number=1)

    assert (answer.status_code, answer.json()["code"]) == (409, "session-exists")


async def test_a_friday_in_jordan_warns_and_is_not_refused(scheduling: Scheduling) -> None:
    dates = {"reference": "AMM-2018-02", "starts_on": "2018-06-28", "ends_on": "2018-06-29"}
    course = await a_course(scheduling, **dates)

    session = await course.schedules(29)
    async with course.coordinator() as client:
        activity = (await client.get(f"/activities/{course.activity_id}")).json()

    expected = [("2018-06-29", "weekend")]
    assert [(one["day"], one["kind"]) for one in session["warnings"]] == expected
    assert [(one["day"], one["kind"]) for one in activity["warnings"]] == expected


async def test_sunday_to_thursday_in_jordan_does_not_warn(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    session = await course.schedules(24)

    assert session["warnings"] == []


async def test_a_party_brings_its_countrys_calendar_once(scheduling: Scheduling) -> None:
    morocco = PartyDescribed(party="MA", kind="country", names={"en": "Morocco"})
    mission = PartyDescribed(
        party="MISSION", kind="mission", names={"en": "A mission"}, calendar_country="MA"
    )

    await scheduling.hears(morocco, mission, morocco)

    (kept,) = await scheduling.rows(calendar)
    assert (kept["country"], kept["years"]) == ("MA", [2017, 2018, 2019, 2020])
    assert [event.country for event in await scheduling.said(CalendarDescribed)] == ["MA"]


async def test_a_later_activity_adds_its_year_and_keeps_what_people_wrote(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    async with course.coordinator() as client:
        shown = await client.get("/calendars/JO")
        written = {key: shown.json()[key] for key in ("weekends", "half_days", "ramadans")}
        written["holidays"] = [{"day": "2018-06-25", "names": {"en": "Invented day"}}]
        headers = {"If-Match": shown.headers["etag"]}
        put = await client.put("/calendars/JO", json=written, headers=headers)
        later = {**ACTIVITY, "reference": "AMM-2023-01"}
        later |= {"starts_on": "2023-05-01", "ends_on": "2023-05-04"}
        await client.post(f"/projects/{course.project_id}/activities", json=later)
        grown = (await client.get("/calendars/JO")).json()
    session = await course.schedules(25)

    assert put.status_code == 200, put.text
    assert 2023 in grown["years"]
    in_2018 = [one["day"] for one in grown["holidays"] if one["day"].startswith("2018")]
    assert in_2018 == ["2018-06-25"]
    assert any(one["day"].startswith("2023") for one in grown["holidays"])
    assert session["warnings"][0]["names"] == {"en": "Invented day"}


async def test_days_can_not_be_taken_from_under_a_session(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(28)
    path = f"/activities/{course.activity_id}"

    async with course.coordinator() as client:
        headers = {"If-Match": '"1"'}
        refused = await client.patch(path, json={"ends_on": "2018-06-27"}, headers=headers)
        missing = await client.patch(path, json={"ends_on": "2018-06-29"})
        changed = await client.patch(path, json={"ends_on": "2018-06-29"}, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (409, "sessions-would-lie-outside")
    assert missing.status_code == 428
    assert (changed.status_code, changed.json()["ends_on"]) == (200, "2018-06-29")


async def test_a_reference_is_given_once(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    async with course.coordinator() as client:
        path = f"/projects/{course.project_id}/activities"
        answer = await client.post(path, json=ACTIVITY)

    assert (answer.status_code, answer.json()["code"]) == (409, "activity-exists")


async def test_what_is_not_an_activity_is_refused_by_field(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    path = f"/projects/{course.project_id}/activities"

    async with course.coordinator() as client:
        answers = [
            await client.post(path, json={**ACTIVITY, "reference": "X-1", **wrong})
            for wrong in WRONG
        ]

    assert {answer.status_code for answer in answers} == {422}
    assert {answer.json()["code"] for answer in answers} == {"fields-are-not-valid"}
    assert all(answer.json()["errors"] for answer in answers)


@pytest.mark.both_databases
async def test_one_room_at_one_time_goes_to_one_of_many_who_ask_at_once(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    dates = {"starts": "2018-06-25T09:00:00", "ends": "2018-06-25T11:00:00"}
    room = {"venue_id": str(course.venue_id), "room": "Hall A"}

    answers = await asyncio.gather(
        *(_asks(course, number=number, **dates, **room) for number in range(1, 9))
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert len(await scheduling.rows(session)) == 1


WRONG: list[dict[str, Any]] = [
    {"zone": "Amman"},
    {"zone": "../etc/passwd"},
    {"starts_on": "9999-12-31", "ends_on": "9999-12-31"},
    {"ends_on": "2018-06-01"},
    {"minimum_attendance": 101},
    {"minimum_attendance": "80"},
    {"names": {}},
    {"visibility": "secret"},
    {"unknown": 1},
]
