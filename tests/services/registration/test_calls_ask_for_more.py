"""Any number of quotas on a call: what contradicts, what the selection keeps, what each party may
nominate beyond its seats."""

from typing import Any

import pytest

from services.registration.tables import call
from shared.contracts.registration import CallOpened
from shared.contracts.scheduling import AttendanceRecorded, OfficerEnrolled
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import Course, a_call, a_course, an_officer

PARTIES = [{"party": "JO", "maximum": 2}, {"party": "TN", "maximum": 2}]


def a_quota(dimension: str, value: str, **bounds: int) -> dict[str, Any]:
    """One of the further quotas of a call."""
    return {"dimension": dimension, "value": value, **bounds}


async def test_a_quota_named_twice_is_one_fault(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    twice = a_quota("sex", "female", minimum=2)

    answer = await course.coordinator.post("/calls", json=a_call(quotas=[twice, twice]))

    faults = [(one["path"], one["code"]) for one in answer.json()["errors"]]
    assert (answer.status_code, faults) == (422, [("quotas.1", "repeated")])


@pytest.mark.parametrize(
    ("asked", "path", "code"),
    [
        ({"women_minimum": 2, "women_maximum": 1}, "women_minimum", "turned"),
        ({"quotas": [a_quota("sex", "female"), a_quota("sex", "female")]}, "quotas.1", "repeated"),
        (
            {"women_minimum": 1, "quotas": [a_quota("sex", "female", maximum=1)]},
            "quotas.0",
            "repeated",
        ),
        (
            {
                "quotas": [
                    a_quota("rank_band", "mid", minimum=2),
                    a_quota("rank_band", "senior", minimum=1),
                ]
            },
            "quotas",
            "above-seats",
        ),
        ({"quotas": [a_quota("language", "fr", minimum=3)]}, "quotas", "above-seats"),
        ({"minimum_seats": 3}, "minimum_seats", "above-seats"),
        (
            {"minimum_seats": 2, "parties": [{"party": "JO", "maximum": 1}]},
            "parties",
            "below-minimum",
        ),
        (
            {"women_minimum": 2, "parties": [{"party": "JO", "maximum": 1}]},
            "parties",
            "below-minimum",
        ),
        (
            {
                "minimum_seats": 2,
                "eligibility": {"first_time_only": True},
                "quotas": [a_quota("first_time", "yes", maximum=1)],
            },
            "quotas",
            "below-minimum",
        ),
        (
            {"eligibility": {"sexes": ["female"]}, "quotas": [a_quota("sex", "male", minimum=1)]},
            "quotas.0",
            "not-admitted",
        ),
        (
            {"eligibility": {"years_minimum": 9, "years_maximum": 8}},
            "eligibility.years_maximum",
            "turned",
        ),
        ({"parties": [{"party": "JO", "reserves": 1}]}, "parties.0.reserves", "no-maximum"),
        (
            {"parties": [{"party": "JO", "maximum": 1, "reserves": 1, "most_nominations": 2}]},
            "parties.0.reserves",
            "repeated",
        ),
        (
            {"parties": [{"party": "JO", "minimum": 2, "most_nominations": 1}]},
            "parties.0.most_nominations",
            "turned",
        ),
    ],
)
async def test_what_contradicts_is_named_by_its_place(
    registration: Registration, asked: dict[str, Any], path: str, code: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(**asked))

    assert (answer.status_code, answer.json()["code"]) == (422, "quotas-contradict"), answer.text
    assert (path, code) in [(one["path"], one["code"]) for one in answer.json()["errors"]]
    assert await registration.rows(call) == []


@pytest.mark.parametrize(
    "quota",
    [
        a_quota("party", "JO"),
        a_quota("sex", "woman"),
        a_quota("first_time", "no"),
        a_quota("rank_band", "chief"),
        a_quota("language", "French"),
    ],
)
async def test_a_quota_is_about_what_there_is(
    registration: Registration, quota: dict[str, Any]
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.coordinator.post("/calls", json=a_call(quotas=[quota]))

    assert (answer.status_code, answer.json()["code"]) == (422, "fields-are-not-valid")
    assert answer.json()["errors"][0]["path"].startswith("quotas.0")


@pytest.mark.parametrize(
    ("quota", "officer"),
    [
        (a_quota("language", "fr", minimum=1), {"languages": ["en", "fr"]}),
        (a_quota("specialism", "biometrics", minimum=1), {"specialisms": ["biometrics", "ncb"]}),
        (a_quota("rank_band", "senior", minimum=1), {"rank_band": "senior"}),
        (a_quota("unit", "ncb", minimum=1), {"unit": "ncb"}),
        (a_quota("sex", "male", maximum=1), {"sex": "female"}),
    ],
)
async def test_the_selection_keeps_every_kind_of_quota(
    registration: Registration, quota: dict[str, Any], officer: dict[str, Any]
) -> None:
    course = await a_course(registration, quotas=[quota])
    await course.nominates("JO", 1)
    await course.nominates("JO", 2)
    await course.nominates("TN", 3, **officer)

    selected = await course.selects()

    standing = await course.standing()
    assert selected.status_code == 200, selected.text
    assert standing["TN-003"] == "selected"
    assert sorted(standing.values()) == ["selected", "selected", "waitlisted"]


async def test_women_have_a_maximum_too(registration: Registration) -> None:
    course = await a_course(registration, women_minimum=1, women_maximum=1)
    for number in (1, 2):
        await course.nominates("JO", number, sex="female")
    await course.nominates("TN", 3)

    await course.selects()

    (opened,) = await registration.said(CallOpened)
    women = next(one for one in opened.quotas if one.dimension == "sex")
    assert (women.minimum, women.maximum) == (1, 1)
    assert (await course.standing())["TN-003"] == "selected"


async def test_who_took_part_before_is_no_first_timer(registration: Registration) -> None:
    course = await a_course(registration, quotas=[a_quota("first_time", "yes", minimum=1)])
    known = [await course.nominates("JO", number) for number in (1, 2)]
    await course.nominates("TN", 3)
    for one in known:
        await took_part(course, one["person_id"])

    await course.selects()

    page = await course.coordinator.get(f"/calls/{course.call_id}/page")
    assert (await course.standing())["TN-003"] == "selected"
    assert page.status_code == 200, page.text


async def test_a_party_nominates_as_many_as_the_call_lets_it(registration: Registration) -> None:
    parties = [
        {"party": "JO", "maximum": 1, "reserves": 1},
        {"party": "TN", "most_nominations": 1},
    ]
    course = await a_course(registration, parties=parties)
    nominated = [await course.nominates("JO", 1), await course.nominates("JO", 2)]
    await course.nominates("TN", 1)

    third = await refused(course, "JO", 3)
    second = await refused(course, "TN", 2)
    await course.points["JO"].post(f"/nominations/{nominated[1]['id']}/withdrawal")
    await course.nominates("JO", 3)

    assert third == second == ["party-maximum"]


async def refused(course: Course, party: str, number: int) -> list[str]:
    """The rules that a nomination fails."""
    answer = await course.points[party].post(
        f"/calls/{course.call_id}/nominations",
        json={"party": party, "officer": an_officer(party, number), "priority": number},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    return [one["code"] for one in answer.json()["errors"]]


async def took_part(course: Course, person_id: str) -> None:
    """An officer attended another activity."""
    place = {
        "enrolment_id": an_id(f"place {person_id}"),
        "activity_id": an_id("an earlier activity"),
        "person_id": person_id,
        "party": "JO",
    }
    await course.registration.hears(
        OfficerEnrolled.model_validate(
            {
                **place,
                "project_id": an_id("p"),
                "nomination_id": an_id("n"),
                "sex": "male",
                "unit": "ncb",
                "status": "enrolled",
                "sessions_attended": 1,
            }
        ),
        AttendanceRecorded.model_validate(
            {
                **place,
                "attendance_id": an_id(f"attendance {person_id}"),
                "session_id": an_id("an earlier session"),
                "held_on": "2017-05-01",
                "status": "present",
            }
        ),
    )
