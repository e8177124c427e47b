"""Facts of a small invented course in Amman, with what does not matter left out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from shared.calendar import Weekend, WorkingCalendar
from shared.contracts.event import Planned
from shared.contracts.registration import FocalPointInvited, PersonDetailsChanged, SeatOffered
from shared.contracts.scheduling import (
    ActivityDescribed,
    CalendarDescribed,
    EnrolmentCancelled,
    JoiningInstructionsIssued,
    OfficerEnrolled,
    SessionChanged,
    SessionScheduled,
)

REFERENCE = "AMM-2018-01"
TITLE = "Combating human trafficking"
LINK = "https://cadre.example/scheduling/joining/c0de"


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(UUID(int=0), name)


COURSE, PROJECT, LAYLA, KARIM = (an_id(name) for name in ("course", "project", "layla", "karim"))


def at(local: str, zone: str = "Asia/Amman") -> Planned:
    """A planned time."""
    wall = datetime.fromisoformat(local)
    return Planned(local=wall, zone=zone, instant=wall.replace(tzinfo=ZoneInfo(zone)))


def person(person_id: UUID = LAYLA, **details: Any) -> PersonDetailsChanged:
    """Somebody who reads mail in English."""
    known = {"email": f"{str(person_id)[:8]}@police.example", "calendar_country": "JO"}
    return PersonDetailsChanged(person_id=person_id, **{**known, **details})


def activity(**details: Any) -> ActivityDescribed:
    """The course: discreet, unless said otherwise."""
    known: dict[str, Any] = {
        "activity_id": COURSE,
        "project_id": PROJECT,
        "reference": REFERENCE,
        "kind": "course",
        "delivery": "classroom",
        "names": {"en": TITLE, "ar": "مكافحة الاتجار بالبشر"},
        "visibility": "discreet",
        "zone": "Asia/Amman",
        "starts_on": date(2018, 6, 24),
        "ends_on": date(2018, 6, 28),
        "city": {"en": "Amman", "ar": "عمّان"},
        "minimum_attendance": 80,
    }
    return ActivityDescribed(**{**known, **details})


def scheduled(
    starts: str = "2018-06-24T09:00", number: int = 1, **details: Any
) -> SessionScheduled:
    """A session of the course."""
    return SessionScheduled(**_session(starts, number), **details)


def moved(starts: str, number: int = 1, **details: Any) -> SessionChanged:
    """The same session at another time."""
    return SessionChanged(**_session(starts, number), **details)


def enrolled(person_id: UUID = LAYLA) -> OfficerEnrolled:
    """An officer has a place."""
    return OfficerEnrolled(**_enrolment(person_id), status="enrolled")


def no_longer_enrolled(person_id: UUID = LAYLA) -> EnrolmentCancelled:
    """An officer gave the place back."""
    return EnrolmentCancelled(**_enrolment(person_id), status="cancelled")


def joining(person_id: UUID = LAYLA, **details: Any) -> JoiningInstructionsIssued:
    """An officer is told how to join."""
    return JoiningInstructionsIssued(**told_to(person_id, **details), starts=at("2018-06-24T09:00"))


def offered(person_id: UUID = LAYLA, **details: Any) -> SeatOffered:
    """A seat waits for an answer."""
    told = told_to(person_id, **details)
    del told["enrolment_id"]
    return SeatOffered(
        **told,
        offer_id=an_id(f"offer {person_id}"),
        nomination_id=an_id(f"nomination {person_id}"),
        call_id=an_id("call"),
        answer_by=at("2018-06-03T16:00"),
    )


def invited(person_id: UUID = KARIM, **details: Any) -> FocalPointInvited:
    """A focal point is asked to nominate."""
    known: dict[str, Any] = {"visibility": "discreet", **details}
    return FocalPointInvited(
        **known,
        invitation_id=an_id(f"invitation {person_id}"),
        call_id=an_id("call"),
        activity_id=COURSE,
        party="JO",
        person_id=person_id,
        reference=REFERENCE,
        deadline=at("2018-05-20T16:00"),
        link=LINK,
    )


def calendar(country: str, weekend: Sequence[int]) -> CalendarDescribed:
    """The working week of a country, with these days off (Monday is 1)."""
    week = WorkingCalendar(weekends=(Weekend(date(2000, 1, 1), frozenset(weekend)),))
    return CalendarDescribed(country=country, calendar=week.to_json())


def told_to(person_id: UUID, **details: Any) -> dict[str, Any]:
    """What an officer with a place is always told."""
    known: dict[str, Any] = {
        "enrolment_id": an_id(f"enrolment {person_id}"),
        "activity_id": COURSE,
        "party": "JO",
        "person_id": person_id,
        "recipient_id": person_id,
        "reference": REFERENCE,
        "visibility": "discreet",
        "link": LINK,
    }
    return {**known, **details}


def _session(starts: str, number: int) -> dict[str, Any]:
    return {
        "session_id": an_id(f"session {number}"),
        "activity_id": COURSE,
        "number": number,
        "starts": at(starts),
        "ends": at(starts.replace("T09", "T11")),
        "module": {"en": "The victim's perspective"},
    }


def _enrolment(person_id: UUID) -> dict[str, Any]:
    return {
        "enrolment_id": an_id(f"enrolment {person_id}"),
        "activity_id": COURSE,
        "project_id": PROJECT,
        "nomination_id": an_id(f"nomination {person_id}"),
        "person_id": person_id,
        "party": "JO",
        "sex": "female",
        "unit": "immigration",
    }


JORDAN = calendar("JO", (5, 6))
MOROCCO = calendar("MA", (6, 7))
EMIRATES = calendar("AE", (5, 6))
