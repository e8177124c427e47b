"""What staff, focal points and instructors do for one course, from its call to its report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from .asking import Desk
from .officers import Officer, put_forward, roster
from .organisation import Organisation
from .weeks import DAYS_OF_A_COURSE, NOMINATED, SEATS, Course, Task

MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(16, 30))
DAYS_MISSED_BY_FEW = 2
ONE_IN_THIRTY = 30
WOMEN, OF_A_UNIT = 6, 5
"""How many seats are for women, and for officers against trafficking, at least."""


@dataclass
class Conducted:
    """A course on its way: what its people have noted of it."""

    course: Course
    organisation: Organisation
    activity_id: str = ""
    call_id: str = ""
    sessions: list[Any] = field(default_factory=list)
    enrolled: list[str] = field(default_factory=list)

    @property
    def coordinator(self) -> Desk:
        """Who runs it."""
        return self.organisation.coordinator(self.course.region)

    async def do(self, task: Task, today: date) -> None:
        """One task of one day."""
        match task:
            case Task.OPEN:
                await self._open()
            case Task.NOMINATE:
                await self._nominate()
            case Task.SELECT:
                await self.coordinator.post(f"/registration/calls/{self.call_id}/selection")
            case Task.INSTRUCT:
                instructions = f"/scheduling/activities/{self.activity_id}/joining-instructions"
                await self.coordinator.post(instructions)
            case Task.ATTEND:
                await self._attend(today)
            case Task.CLOSE:
                await self.coordinator.post(f"/scheduling/activities/{self.activity_id}/closing")
            case Task.REPORT:
                await self._report()

    async def _open(self) -> None:
        project = self.organisation.projects[self.course.region.code]
        planned = await self.coordinator.post(
            f"/scheduling/projects/{project.id}/activities", _activity(self.course)
        )
        self.activity_id = planned["id"]
        for number, (starts, ends) in enumerate(_blocks(self.course), start=1):
            session = {
                "number": number,
                "starts": starts.isoformat(),
                "ends": ends.isoformat(),
                "module": {"en": f"Module {number}", "fr": f"Module {number}"},
                "venue_id": project.venue_id,
                "room": "A1",
                "instructor_ids": [project.instructor_id],
            }
            address = f"/scheduling/activities/{self.activity_id}/sessions"
            self.sessions.append(await self.coordinator.post(address, session))
        called = _call(self.course, self.activity_id)
        self.call_id = (await self.coordinator.post("/registration/calls", called))["id"]

    async def _nominate(self) -> None:
        region = self.course.region
        for party, officers in nominees(self.course).items():
            await self.organisation.focal_point(party).ask(
                "POST",
                f"/registration/calls/{self.call_id}/rosters",
                params={"party": party},
                content=roster(officers, region.language),
                headers={"Content-Type": "text/csv"},
            )

    async def _attend(self, today: date) -> None:
        if not self.enrolled:
            address = f"/scheduling/activities/{self.activity_id}/enrolments"
            places = [one async for one in self.coordinator.listed(address)]
            self.enrolled = [one["person_id"] for one in places if one["status"] == "enrolled"]
        instructor = self.organisation.instructor(self.course.region)
        for number, session in enumerate(self.sessions):
            if datetime.fromisoformat(session["starts"]["local"]).date() == today:
                marks = [
                    _mark(self.course, number, place, one)
                    for place, one in enumerate(self.enrolled)
                ]
                address = f"/scheduling/sessions/{session['id']}/attendance"
                await instructor.post(address, {"records": marks})

    async def _report(self) -> None:
        """What the donor is shown: page, table and figures."""
        address = f"/reporting/activities/{self.activity_id}"
        for form in ("participation", "participation.csv", "report"):
            await self.coordinator.ask("GET", f"{address}/{form}")
        self.enrolled.clear()
        self.sessions.clear()


def nominees(course: Course) -> Mapping[str, Sequence[Officer]]:
    """The officers whom each party puts forward for a course."""
    region = course.region
    each, rest = divmod(NOMINATED, len(region.parties))
    return {
        party: put_forward(course.reference, party, region.language, each + (place < rest))
        for place, party in enumerate(region.parties)
    }


def _activity(course: Course) -> dict[str, Any]:
    return {
        "reference": course.reference,
        "kind": "course",
        "delivery": "classroom",
        "visibility": "discreet",
        "zone": course.region.zone,
        "starts_on": course.first_day.isoformat(),
        "ends_on": course.last_day.isoformat(),
        "country": course.region.host,
        "languages": [course.region.language],
        "minimum_attendance": 60,
        "names": {"en": f"Specimen course {course.reference}"},
        "city": {"en": course.region.city},
    }


def _call(course: Course, activity_id: str) -> dict[str, Any]:
    return {
        "activity_id": activity_id,
        "seats": SEATS,
        "parties": [
            {"party": party, "minimum": 2, "maximum": 6} for party in course.region.parties
        ],
        "women_minimum": WOMEN,
        "units": [
            {"unit": "anti_trafficking", "minimum": OF_A_UNIT},
            {"unit": "immigration"},
            {"unit": "investigation"},
        ],
        "deadline": {"local": course.deadline.isoformat(), "zone": course.region.zone},
        "answer_working_days": 5,
    }


def _blocks(course: Course) -> Sequence[tuple[datetime, datetime]]:
    days = [course.first_day + timedelta(days=one) for one in range(DAYS_OF_A_COURSE)]
    return [
        (datetime.combine(day, starts), datetime.combine(day, ends))
        for day in days
        for starts, ends in (MORNING, AFTERNOON)
    ]


def _mark(course: Course, session: int, place: int, person_id: str) -> dict[str, str]:
    """One officer in thirty stays away for two days, and does not complete."""
    chance = Random(f"{course.reference} {place}")
    stays_away = chance.randrange(ONE_IN_THIRTY) == 0
    status = "absent" if stays_away and session < DAYS_MISSED_BY_FEW * 2 else "present"
    return {"person_id": person_id, "status": status}
