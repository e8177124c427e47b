"""A small course as registration knows it: two parties, a coordinator, a call. All invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx

from shared.calendar import WorkingCalendar
from shared.contracts.scheduling import ActivityDescribed, CalendarDescribed, ProjectDescribed
from tests.services.registration.building import Registration, an_id
from tests.services.registration.made_once import made_once

PROJECT = an_id("project")
ACTIVITY = an_id("activity")
DEADLINE = {"local": "2018-05-10T16:00:00", "zone": "Asia/Amman"}
AFTER_THE_DEADLINE = datetime(2018, 5, 13, 6, tzinfo=UTC)


@dataclass
class Course:
    """The people of a course, and its call."""

    registration: Registration
    admin: httpx.AsyncClient
    coordinator: httpx.AsyncClient
    points: dict[str, httpx.AsyncClient]
    call_id: str = ""

    async def nominates(
        self, party: str, number: int, *, priority: int | None = None, **officer: Any
    ) -> dict[str, Any]:
        """A focal point puts an officer forward."""
        response = await self.points[party].post(
            f"/calls/{self.call_id}/nominations",
            json={
                "party": party,
                "officer": an_officer(party, number, **officer),
                "priority": priority or number,
            },
        )
        assert response.status_code == 201, response.text
        nominated: dict[str, Any] = response.json()
        return nominated

    async def selects(self) -> httpx.Response:
        """The deadline passes, and the coordinator has the selection made."""
        await self.registration.moves_to(AFTER_THE_DEADLINE)
        return await self.coordinator.post(f"/calls/{self.call_id}/selection")

    async def seats(self) -> dict[str, Any]:
        """How the seats stand."""
        response = await self.coordinator.get(f"/calls/{self.call_id}/seats")
        assert response.status_code == 200, response.text
        counts: dict[str, Any] = response.json()
        return counts

    async def standing(self) -> dict[str, str]:
        """The status of every nominee, by officer reference."""
        response = await self.coordinator.get(f"/calls/{self.call_id}/nominations")
        return {one["officer_reference"]: one["status"] for one in response.json()["items"]}


def an_officer(party: str, number: int, **other: Any) -> dict[str, Any]:
    """An officer as a focal point describes them."""
    return {
        "officer_reference": f"{party}-{number:03}",
        "names": [{"script": "Latn", "given": f"Given {number}", "family": f"Family {party}"}],
        "sex": "male",
        "unit": "immigration",
        "email": f"{party.lower()}-{number}@example.org",
        "language": "ar",
        **other,
    }


@made_once
async def a_course(registration: Registration, **call: Any) -> Course:
    """A project with two parties, an activity, and, unless `seats` is 0, its call."""
    course = who_takes_part(registration)
    await registration.hears(the_project(), the_activity(), *the_calendars())
    await _people(course)
    if call.get("seats") != 0:
        response = await course.coordinator.post("/calls", json=a_call(**call))
        assert response.status_code == 201, response.text
        course.call_id = response.json()["id"]
    return course


def who_takes_part(registration: Registration) -> Course:
    """The people of the course, signed in."""
    return Course(
        registration,
        registration.client("admin"),
        registration.client("coordinator"),
        {party: registration.client("focal_point", party) for party in ("JO", "TN")},
    )


def a_call(**other: Any) -> dict[str, Any]:
    """A call for two seats, at most two of each party."""
    return {
        "activity_id": str(ACTIVITY),
        "seats": 2,
        "parties": [
            {"party": "JO", "minimum": 0, "maximum": 2},
            {"party": "TN", "minimum": 0, "maximum": 2},
        ],
        "women_minimum": 0,
        "units": [],
        "deadline": DEADLINE,
        "answer_working_days": 5,
        **other,
    }


def the_project(**other: Any) -> ProjectDescribed:
    """The project as scheduling tells of it."""
    told = {
        "project_id": PROJECT,
        "code": "AMM",
        "names": {"en": "Safe Borders"},
        "starts_on": date(2018, 1, 1),
        "ends_on": date(2019, 12, 31),
        "issuing_body": {"en": "Sample Academy", "ar": "أكاديمية نموذجية"},
    }
    return ProjectDescribed(**{**told, **other})


def the_activity(**other: Any) -> ActivityDescribed:
    """The activity as scheduling tells of it."""
    told = {
        "activity_id": ACTIVITY,
        "project_id": PROJECT,
        "reference": "AMM-2018-01",
        "kind": "course",
        "delivery": "classroom",
        "names": {"en": "Combating human trafficking", "ar": "مكافحة الاتجار بالبشر"},
        "visibility": "discreet",
        "zone": "Asia/Amman",
        "starts_on": date(2018, 6, 24),
        "ends_on": date(2018, 6, 28),
        "country": "JO",
        "city": {"en": "Amman", "ar": "عمّان"},
        "minimum_attendance": 80,
    }
    return ActivityDescribed(**{**told, **other})


def the_calendars() -> list[CalendarDescribed]:
    """Friday and Saturday are free in Jordan; Saturday and Sunday in Tunisia."""
    friday = {"starts": "2000-01-01", "days": [5, 6], "confirmed": True}
    jordan = WorkingCalendar.from_json({"weekends": [friday]})
    return [
        CalendarDescribed(country="JO", calendar=jordan.to_json()),
        CalendarDescribed(country="TN", calendar=WorkingCalendar().to_json()),
    ]


async def registers(course: Course, **person: Any) -> UUID:
    """The admin registers a person."""
    described = {
        "names": [{"script": "Latn", "given": "Some", "family": "Body"}],
        "sex": "female",
        "language": "en",
        **person,
    }
    response = await course.admin.post("/persons", json=described)
    assert response.status_code == 201, response.text
    return UUID(response.json()["id"])


async def _people(course: Course) -> None:
    coordinator = await registers(course, subject="coordinator")
    await _says(course, "staff", person_id=str(coordinator), role="coordinator")
    for party, name in (("JO", "Jordan"), ("TN", "Tunisia")):
        described = {"party": party, "kind": "country", "names": {"en": name}}
        response = await course.admin.post("/parties", json=described)
        assert response.status_code == 201, response.text
        holder = await registers(course, party=party, subject=f"focal_point-{party}")
        await _says(course, "partners", party=party)
        await _says(course, "channels", party=party, holder_id=str(holder))


async def _says(course: Course, what: str, **body: Any) -> None:
    address = f"/projects/{PROJECT}/{what}"
    response = await course.admin.post(address, json={**body, "from_on": "2018-01-01"})
    assert response.status_code == 201, response.text
