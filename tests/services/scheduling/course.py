"""A small course in Amman as tests need it: who teaches, who is nominated, what is planned."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.registration import (
    ChannelAssigned,
    NominationConfirmed,
    NominationState,
    PartyDescribed,
    PersonDetailsChanged,
    PersonName,
    StaffAssigned,
)
from shared.web.principal import login
from tests.services.scheduling.building import START, Scheduling, an_id

PROJECT: dict[str, Any] = {
    "code": "MOM",
    "names": {"en": "Momentum"},
    "starts_on": "2018-01-01",
    "ends_on": "2019-12-31",
    "donors": ["FOUNDATION"],
    "issuing_body": {"en": "Sample academy", "ar": "أكاديمية نموذجية"},
}
ACTIVITY: dict[str, Any] = {
    "reference": "AMM-2018-01",
    "kind": "course",
    "delivery": "classroom",
    "names": {"en": "Identifying victims", "ar": "التعرف على الضحايا"},
    "visibility": "discreet",
    "zone": "Asia/Amman",
    "starts_on": "2018-06-24",
    "ends_on": "2018-06-28",
    "country": "JO",
    "city": {"en": "Amman", "ar": "عمّان"},
    "languages": ["ar", "en"],
    "minimum_attendance": 80,
}
VENUE: dict[str, Any] = {
    "names": {"en": "Training centre"},
    "city": {"en": "Amman"},
    "country": "JO",
}


@dataclass
class Course:
    """The course, and the people who may ask about it."""

    scheduling: Scheduling
    project_id: UUID
    activity_id: UUID
    venue_id: UUID
    sessions: list[dict[str, Any]] = field(default_factory=list)

    def coordinator(self) -> httpx.AsyncClient:
        """Assigned to the project."""
        return self.scheduling.client("coordinator")

    def instructor(self, name: str = "instructor") -> httpx.AsyncClient:
        """Assigned to the project; `instructor` teaches every session."""
        return self.scheduling.client("instructor", name)

    def focal_point(self, party: str = "JO") -> httpx.AsyncClient:
        """Holds the channel of a party."""
        return self.scheduling.client("focal_point", f"focal-{party}", party)

    async def enrols(self, *names: str, party: str = "JO", **details: Any) -> None:
        """Officers of a party are known and confirmed, in the order of their names."""
        for priority, name in enumerate(names, 1):
            await self.scheduling.hears(an_officer(name, party=party, **details))
            await self.scheduling.hears(self.nomination(name, party=party, priority=priority))

    def nomination(
        self,
        name: str,
        event: type[NominationState] = NominationConfirmed,
        *,
        party: str = "JO",
        priority: int = 1,
        status: Any = "confirmed",
        confirmed: bool = True,
    ) -> NominationState:
        """The nomination of an officer, in some state."""
        return event(
            nomination_id=an_id(f"nomination {name}"),
            call_id=an_id("call"),
            activity_id=self.activity_id,
            project_id=self.project_id,
            person_id=an_id(name),
            party=party,
            sex="female",
            unit="immigration",
            rank_band="mid",
            priority=priority,
            status=status,
            submitted_at=START,
            confirmed_at=START if confirmed else None,
        )

    async def schedules(self, day: int, number: int | None = None, **other: Any) -> dict[str, Any]:
        """A session in June 2018, taught by the instructor."""
        asked = {
            "number": number or day - 23,
            "starts": f"2018-06-{day}T09:00:00",
            "ends": f"2018-06-{day}T15:00:00",
            "module": {"en": "Interview skills"},
            "venue_id": str(self.venue_id),
            "room": "Hall A",
            "instructor_ids": [str(an_id("instructor"))],
            **other,
        }
        async with self.coordinator() as client:
            answer = await client.post(f"/activities/{self.activity_id}/sessions", json=asked)
        assert answer.status_code == 201, answer.text
        self.sessions.append(answer.json())
        return self.sessions[-1]

    async def instructs(self) -> httpx.Response:
        """Joining instructions are issued."""
        async with self.coordinator() as client:
            return await client.post(f"/activities/{self.activity_id}/joining-instructions")

    async def changes(self, session: dict[str, Any], **changes: Any) -> httpx.Response:
        """The coordinator changes a session."""
        headers = {"If-Match": f'"{session["version"]}"'}
        async with self.coordinator() as client:
            return await client.patch(f"/sessions/{session['id']}", json=changes, headers=headers)

    async def marks(self, session: dict[str, Any], **statuses: str) -> httpx.Response:
        """The instructor writes down who was there."""
        records = [
            {"person_id": str(an_id(name)), "status": status} for name, status in statuses.items()
        ]
        async with self.instructor() as client:
            return await client.post(
                f"/sessions/{session['id']}/attendance", json={"records": records}
            )

    async def corrects(
        self, session: dict[str, Any], reason: str = "written_down_wrongly", **statuses: str
    ) -> httpx.Response:
        """The coordinator corrects marks after closing."""
        records = [
            {"person_id": str(an_id(name)), "status": status} for name, status in statuses.items()
        ]
        path = f"/sessions/{session['id']}/attendance/corrections"
        async with self.coordinator() as client:
            return await client.post(path, json={"records": records, "reason": reason})

    async def closes(self) -> httpx.Response:
        """The coordinator closes the activity."""
        async with self.coordinator() as client:
            return await client.post(f"/activities/{self.activity_id}/closing")


def an_officer(name: str, *, party: str = "JO", **details: Any) -> PersonDetailsChanged:
    """Somebody with a name in two scripts."""
    names = (
        PersonName(script="Latn", given=name.title(), family="Haddad", on_passport=True),
        PersonName(script="Arab", given="ليلى", family="حدّاد"),
    )
    return PersonDetailsChanged(person_id=an_id(name), party=party, **{"names": names, **details})


def staff(name: str, project_id: UUID, role: Any) -> StaffAssigned:
    """Somebody works on the project."""
    return StaffAssigned(
        assignment_id=an_id(f"assignment {name}"),
        project_id=project_id,
        person_id=an_id(name),
        login=login(name),
        role=role,
        from_on=date(2018, 1, 1),
    )


def a_channel(party: str, project_id: UUID) -> ChannelAssigned:
    """The focal point of a party in the project."""
    return ChannelAssigned(
        channel_id=an_id(f"channel {party}"),
        project_id=project_id,
        party=party,
        holder_id=an_id(f"focal-{party}"),
        holder_login=login(f"focal-{party}"),
        from_on=date(2018, 1, 1),
    )


async def a_course(scheduling: Scheduling, **different: Any) -> Course:
    """A course with its project, venue, staff and two channels; nobody is enrolled yet."""
    async with scheduling.client("admin") as admin:
        project = (await admin.post("/projects", json=PROJECT)).json()
        project_id = UUID(project["id"])
        path = f"/projects/{project_id}/activities"
        activity = await admin.post(path, json={**ACTIVITY, **different})
        assert activity.status_code == 201, activity.text
        venue = (await admin.post("/venues", json=VENUE)).json()
    await scheduling.hears(
        PartyDescribed(party="JO", kind="country", names={"en": "Jordan"}),
        PartyDescribed(party="MA", kind="country", names={"en": "Morocco"}),
        staff("coordinator", project_id, "coordinator"),
        staff("instructor", project_id, "instructor"),
        staff("other-instructor", project_id, "instructor"),
        an_officer("instructor", party="JO"),
        an_officer("other-instructor", party="JO"),
        a_channel("JO", project_id),
        a_channel("MA", project_id),
    )
    await scheduling.said()
    return Course(scheduling, project_id, UUID(activity.json()["id"]), UUID(venue["id"]))


def amman(day: int, hour: int = 12) -> datetime:
    """A moment of June 2018, by the clock of Amman (UTC+3 in summer)."""
    return datetime.fromisoformat(f"2018-06-{day:02}T{hour:02}:00:00+03:00")
