"""March: the organiser sets up the project, its partners and people, the course and its call."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..cast import subject_of
from ..course import names_of
from ..stage import Stage, in_english

SINCE = "2018-01-01"
DAY_OF_THE_CALL = date(2018, 3, 5)


def found_the_project(stage: Stage) -> None:
    """Parties, project, donor, partners."""
    course, admin = stage.course, stage.cast.admin
    for country in course.parties["countries"]:
        admin.post("/registration/parties", {"kind": "country", **country})
    for body in ("organiser", "donor"):
        admin.post("/registration/parties", course.parties[body])
    project = admin.post(
        "/scheduling/projects",
        {
            **course.plan["project"],
            "donors": [course.parties["donor"]["party"]],
            "issuing_body": course.parties["organiser"]["names"],
        },
    )
    stage.project_id = project["id"]
    for party in course.countries:
        partnership = {"party": party, "from_on": SINCE}
        admin.post(f"/registration/projects/{stage.project_id}/partners", partnership)
    stage.teller.done(
        f"A foundation pays for a project, and {len(course.countries)} countries join it"
    )


def appoint_everyone(stage: Stage) -> None:
    """Staff of the project, and the one national door of each country."""
    people = stage.course.people
    _appoint_staff(stage, "coordinator", people["coordinator"])
    _appoint_staff(stage, "auditor", people["auditor"])
    for instructor in people["instructors"]:
        _appoint_staff(stage, "instructor", instructor)
    for point in people["focal_points"]:
        _open_channel(stage, point)
    stage.story.settle()
    stage.teller.done(
        f"A coordinator, {in_english(len(people['instructors']), 'instructor')} and "
        f"{in_english(len(people['focal_points']), 'national focal point')} are appointed"
    )


def plan_the_course(stage: Stage) -> None:
    """The activity, its venue and its sessions."""
    coordinator, plan = stage.cast.coordinator, stage.course.plan
    activity = coordinator.post(
        f"/scheduling/projects/{stage.project_id}/activities", plan["activity"]
    )
    stage.activity_id = activity["id"]
    place = {name: plan["venue"][name] for name in ("names", "address", "country")}
    venue = coordinator.post("/scheduling/venues", {**place, "city": plan["activity"]["city"]})
    for number, session in enumerate(plan["sessions"], start=1):
        planned = {
            "number": number,
            "starts": session["starts"],
            "ends": session["ends"],
            "module": plan["modules"][session["module"]],
            "venue_id": venue["id"],
            "room": plan["venue"]["room"],
            "instructor_ids": [stage.persons[session["instructor"]]],
        }
        address = f"/scheduling/activities/{stage.activity_id}/sessions"
        stage.sessions.append({**coordinator.post(address, planned), **session})
    stage.teller.done(
        f"{plan['activity']['reference']} is planned: five days in Amman, "
        f"{in_english(len(stage.sessions), 'session')}, discreet in everything sent out"
    )


def open_the_call(stage: Stage) -> None:
    """Countries are asked to nominate, with quotas and a deadline."""
    stage.story.move_to(DAY_OF_THE_CALL, "09:00")
    plan = stage.course.plan["call"]
    bounds = {"minimum": plan["party_minimum"], "maximum": plan["party_maximum"]}
    call = stage.cast.coordinator.post(
        "/registration/calls",
        {
            "activity_id": stage.activity_id,
            "seats": plan["seats"],
            "parties": [{"party": party, **bounds} for party in stage.course.countries],
            "women_minimum": plan["women_minimum"],
            "units": [{"unit": unit, "minimum": plan["unit_minimum"]} for unit in plan["units"]],
            "deadline": {"local": plan["deadline"], "zone": stage.course.zone},
            "answer_working_days": plan["answer_working_days"],
        },
    )
    stage.call_id = call["id"]
    stage.story.settle()
    stage.teller.done(
        f"The call is open: {plan['seats']} seats, {plan['party_minimum']} to "
        f"{plan['party_maximum']} a country, at least {plan['women_minimum']} women, "
        f"at least {plan['unit_minimum']} officers of each kind of unit"
    )


def _appoint_staff(stage: Stage, role: str, person: Mapping[str, Any]) -> None:
    person_id = _register(stage, person, subject=person["subject"])
    appointed = {"person_id": person_id, "role": role, "from_on": SINCE}
    stage.cast.admin.post(f"/registration/projects/{stage.project_id}/staff", appointed)


def _open_channel(stage: Stage, point: Mapping[str, Any]) -> None:
    party = point["party"]
    subject = subject_of("focal_point", party)
    holder = _register(stage, point, subject=subject, party=party)
    channel = {"party": party, "holder_id": holder, "from_on": SINCE}
    if "deputy" in point:
        deputy = _register(stage, point["deputy"], subject=f"{subject}-deputy", party=party)
        channel["deputy_id"] = deputy
    stage.cast.admin.post(f"/registration/projects/{stage.project_id}/channels", channel)


def _register(
    stage: Stage, person: Mapping[str, Any], *, subject: str, party: str | None = None
) -> str:
    """A person made known; focal points get their mail at their office, and SMS where they have
    given a number."""
    office = f"{subject.replace('_', '-').lower()}@ncb.{str(party).lower()}.example"
    known = {
        "party": party,
        "subject": subject,
        "names": names_of(person["latin"], person.get("arabic")),
        "sex": person["sex"],
        "email": person.get("email", office),
        "phone": person.get("phone"),
        "language": person["language"],
        "wants_sms": "phone" in person,
    }
    told = {name: value for name, value in known.items() if value is not None}
    stage.persons[subject] = stage.cast.admin.post("/registration/persons", told)["id"]
    return stage.persons[subject]
