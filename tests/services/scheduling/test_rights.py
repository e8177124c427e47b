"""Who sees and does what: by role, by assignment, by channel."""

from datetime import date
from typing import Any

import pytest

from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import PROJECT, VENUE, a_course, amman, an_officer, staff


async def test_a_focal_point_sees_their_own_partys_officers_only(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")
    await course.enrols("chafik", party="MA")

    async with course.focal_point("MA") as client:
        answer = await client.get(f"/activities/{course.activity_id}/enrolments")
        page = await client.get(f"/activities/{course.activity_id}/page")

    (only,) = answer.json()["items"]
    assert (only["party"], only["reference"]) == ("MA", "AMM-2018-01/MA/1")
    assert only["names"][0]["given"] == "Chafik"
    assert page.status_code == 200
    assert "Chafik" in page.text
    assert "Amal" not in page.text
    assert "AMM-2018-01/JO" not in page.text


@pytest.mark.parametrize(("name", "sees"), [("instructor", True), ("other-instructor", False)])
async def test_an_instructor_sees_names_where_they_teach(
    scheduling: Scheduling, name: str, sees: bool
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.enrols("amal")

    async with course.instructor(name) as client:
        (shown,) = (await client.get(f"/activities/{course.activity_id}/enrolments")).json()[
            "items"
        ]

    assert (shown["names"] is not None) == sees


async def test_an_auditor_sees_figures_and_no_names(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal")

    async with scheduling.client("auditor") as client:
        (shown,) = (await client.get(f"/activities/{course.activity_id}/enrolments")).json()[
            "items"
        ]
        page = await client.get(f"/activities/{course.activity_id}/page")

    assert shown["names"] is None
    assert "Haddad" not in page.text


async def test_an_auditor_sees_who_leads_a_session_by_id_alone(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await scheduling.hears(an_officer("instructor", party="JO"))
    await course.schedules(24)
    path = f"/activities/{course.activity_id}/page"

    async with course.coordinator() as client, scheduling.client("auditor") as auditor:
        by_name, coded = await client.get(path), await auditor.get(path)

    assert "Instructor Haddad" in by_name.text
    assert "Haddad" not in coded.text
    assert str(an_id("instructor")) in coded.text
    assert str(an_id("instructor")) not in by_name.text


@pytest.mark.parametrize(
    ("role", "subject", "party"),
    [
        ("coordinator", "coordinator elsewhere", None),
        ("instructor", "instructor elsewhere", None),
        ("focal_point", "focal-JO", "MA"),
        ("focal_point", "focal-TN", "TN"),
    ],
)
async def test_what_is_not_ones_own_is_not_there(
    scheduling: Scheduling, role: Any, subject: str, party: str | None
) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    paths = (
        f"/projects/{course.project_id}",
        f"/activities/{course.activity_id}",
        f"/activities/{course.activity_id}/sessions",
        f"/activities/{course.activity_id}/enrolments",
        f"/activities/{course.activity_id}/page",
        f"/sessions/{session['id']}",
        f"/sessions/{session['id']}/attendance",
        f"/sessions/{session['id']}/page",
    )

    async with scheduling.client(role, subject, party) as client:
        answers = [(await client.get(path)).status_code for path in paths]
        lists = [(await client.get(path)).json()["items"] for path in ("/projects", "/activities")]

    assert answers == [404] * len(paths)
    assert lists == [[], []]


async def test_only_who_teaches_a_session_or_coordinates_marks_it(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    await course.enrols("amal")
    await scheduling.moves_to(amman(24))
    marks = {"records": [{"person_id": str(an_id("amal")), "status": "present"}]}
    path = f"/sessions/{session['id']}/attendance"

    answers = []
    for client in (
        course.instructor("other-instructor"),
        course.focal_point(),
        scheduling.client("auditor"),
        course.instructor(),
        course.coordinator(),
    ):
        async with client:
            answers.append((await client.post(path, json=marks)).status_code)

    assert answers == [404, 404, 404, 200, 200]


async def test_only_coordinators_plan(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    session = await course.schedules(24)
    match = {"If-Match": '"1"'}

    async with course.focal_point() as client:
        answers = [
            await client.post("/projects", json={**PROJECT, "code": "OTHER"}),
            await client.patch(f"/sessions/{session['id']}", json={"room": "B"}, headers=match),
            await client.post(f"/activities/{course.activity_id}/joining-instructions"),
            await client.post(f"/activities/{course.activity_id}/closing"),
            await client.post(f"/certificates/{an_id('one')}/revocation"),
            await client.put("/calendars/JO", json={"weekends": [_FRIDAY]}, headers=match),
        ]

    assert [answer.status_code for answer in answers] == [403, 404, 404, 404, 404, 403]


async def test_calendars_and_venues_are_for_who_coordinates_a_project_today(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    over = staff("coordinator before", course.project_id, "coordinator")
    await scheduling.hears(over.model_copy(update={"until_on": date(2018, 4, 30)}))
    week = {"weekends": [_FRIDAY]}

    answers = []
    for client in (
        scheduling.client("coordinator", "coordinator elsewhere"),
        scheduling.client("coordinator", "coordinator before"),
        course.coordinator(),
        scheduling.client("admin"),
    ):
        async with client:
            version = (await client.get("/calendars/JO")).headers["etag"]
            answers.append(await client.post("/venues", json=VENUE))
            match = {"If-Match": version}
            answers.append(await client.put("/calendars/JO", json=week, headers=match))

    assert [one.status_code for one in answers] == [403, 403, 403, 403, 201, 200, 201, 200]
    assert {one.json()["code"] for one in answers[:4]} == {"not-assigned"}


async def test_nobody_is_let_in_without_a_token(scheduling: Scheduling) -> None:
    async with scheduling.client() as client:
        answers = [await client.get(path) for path in ("/", "/projects", "/venues", "/activities")]
        answers.append(await client.post("/projects", content=b"{not json"))

    assert {answer.status_code for answer in answers} == {401}


_FRIDAY = {"starts": "2000-01-01", "days": [5]}
