"""A course held here and one held elsewhere, with officers of Jordan whom a system names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.servers.broker import Broker

from .account import settle
from .letters import NUMBERS, a_nomination
from .taking_part import (
    ATTENDED,
    COMPLETED,
    System,
    TakingPart,
    add_system,
    move_story,
)

FACTS = (
    "scheduling.attendance.recorded.v1",
    "scheduling.enrolment.completed.v1",
    "scheduling.certificate.issued.v1",
)
OFFICERS = 4
"""In each course: one for each client."""
AFTER_THE_DEADLINE = "2018-03-01T13:00:00Z"
IN_THE_AFTERNOON = "2018-03-02T14:00:00Z"


@dataclass(frozen=True)
class Officer:
    """An officer who takes part: who that is here, and what the system calls them."""

    person_id: str
    reference: str


@dataclass(frozen=True)
class Course:
    """Its activity, the session where there is one, and the officers of whom nothing is told."""

    taking_part: TakingPart
    system: System
    reference: str
    activity_id: str
    session_id: str | None
    officers: list[Officer]
    unnamed: list[Officer]
    """Officers of whom nobody has said what the system calls them."""

    def told_of(self, officer: Officer) -> list[str]:
        """The types of the facts about an officer that other systems may read."""
        archived = self.taking_part.admin.listed("/reporting/archive")
        theirs = [one for one in archived if one["person_id"] == officer.person_id]
        return [one["type"] for one in theirs if one["type"] in FACTS]

    def mark_of(self, officer: Officer) -> str | None:
        """What is written down about an officer at the session."""
        sheet = self.taking_part.admin.get(f"/scheduling/sessions/{self.session_id}/attendance")
        (mark,) = [one for one in sheet["records"] if one["person_id"] == officer.person_id]
        return mark["status"] and str(mark["status"])

    def place_of(self, officer: Officer) -> dict[str, Any]:
        """An officer's part in the activity."""
        listed = self.taking_part.admin.listed(
            f"/scheduling/activities/{self.activity_id}/enrolments"
        )
        (place,) = [one for one in listed if one["person_id"] == officer.person_id]
        return dict(place)

    def event(self, event_type: str, officer: Officer, **said: Any) -> dict[str, Any]:
        """What the system says of an officer in this course."""
        event = a_nomination(self.system, type=event_type, time="2018-03-02T12:00:00Z")
        about = {"party": "JO", "activity": self.reference, "officer": officer.reference}
        return {**event, "data": {**about, **said}}


@contextmanager
def courses(taking_part: TakingPart, rabbitmq: Broker) -> Iterator[tuple[Course, Course]]:
    """One with a session that has begun, and one that is held elsewhere; the story has moved on."""
    types = {"sends": f"{ATTENDED},{COMPLETED}", "receives": ",".join(FACTS)}
    system = add_system(taking_part, "JO", **types)
    try:
        here = _planned(taking_part, system, "AMM-2018-02", "classroom")
        elsewhere = _planned(taking_part, system, "AMM-2018-03", "online_self_paced")
        calls = [_call_with_officers(one) for one in (here, elsewhere)]
        _move_to(taking_part, AFTER_THE_DEADLINE)
        for call_id in calls:
            _select_and_accept(taking_part, call_id)
        _move_to(taking_part, IN_THE_AFTERNOON)
        yield here, elsewhere
    finally:
        rabbitmq.management.ask("DELETE", "users", taking_part.user_of(system.code))


def _planned(taking_part: TakingPart, system: System, reference: str, delivery: str) -> Course:
    activity = {
        "reference": reference,
        "kind": "course",
        "delivery": delivery,
        "names": {"en": "Course (specimen)"},
        "visibility": "closed",
        "zone": "Asia/Amman",
        "starts_on": "2018-03-02",
        "ends_on": "2018-03-03",
        "languages": ["en"],
        "minimum_attendance": 80,
    }
    admin, projects = taking_part.admin, f"/scheduling/projects/{taking_part.project_id}"
    activity_id = admin.post(f"{projects}/activities", activity)["id"]
    session_id = None
    if delivery == "classroom":
        session = {
            "number": 1,
            "starts": "2018-03-02T09:00:00",
            "ends": "2018-03-02T13:00:00",
            "module": {"en": "Interview skills"},
        }
        session_id = admin.post(f"/scheduling/activities/{activity_id}/sessions", session)["id"]
    return Course(taking_part, system, reference, activity_id, session_id, [], [])


def _call_with_officers(course: Course) -> str:
    """Its call, with officers put forward by hand, and what the system calls each of them."""
    admin, system = course.taking_part.admin, course.system
    call = {
        "activity_id": course.activity_id,
        "seats": OFFICERS + 1,
        "parties": [{"party": "JO"}],
        "women_minimum": 0,
        "units": [],
        "deadline": {"local": "2018-03-01T14:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 10,
    }
    call_id = str(admin.post("/registration/calls", call)["id"])
    for priority in range(1, OFFICERS + 2):
        number = next(NUMBERS)
        officer = {
            "officer_reference": f"JO-{number}",
            "names": [{"script": "Latn", "given": system.word, "family": f"Officer {number}"}],
            "sex": "female",
            "unit": "immigration",
            "language": "en",
        }
        asked = {"party": "JO", "officer": officer, "priority": priority}
        made = admin.post(f"/registration/calls/{call_id}/nominations", asked)
        known = Officer(made["person_id"], f"{system.word}/employee {number}")
        if priority > OFFICERS:
            course.unnamed.append(known)
        else:
            say_whom_it_means(course, known)
            course.officers.append(known)
    return call_id


def say_whom_it_means(course: Course, officer: Officer) -> None:
    """By the command line, as whoever runs the installation does."""
    said = ("officer", officer.reference, officer.person_id)
    run = course.taking_part.installation.run
    run("registration", "outsider", "alias", course.system.code, *said)


def _select_and_accept(taking_part: TakingPart, call_id: str) -> None:
    admin = taking_part.admin
    admin.post(f"/registration/calls/{call_id}/selection")
    for one in list(admin.listed(f"/registration/calls/{call_id}/nominations")):
        admin.post(f"/registration/nominations/{one['id']}/answer", {"answer": "accept"})


def _move_to(taking_part: TakingPart, now: str) -> None:
    settle(taking_part)
    move_story(taking_part, now)
    settle(taking_part)
