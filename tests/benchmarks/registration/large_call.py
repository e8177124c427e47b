"""A call of which the selection was made: a seat for one in 25, all others wait. All invented."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Update

from services.registration.domain.ordering import lot
from services.registration.domain.quotas import Candidate
from services.registration.tables import (
    call,
    call_quota,
    nomination,
    offer,
    person,
)
from shared.database import insert_all
from shared.ids import new_id
from tests.services.registration.building import START, Registration
from tests.services.registration.course import ACTIVITY, PROJECT, Course, a_course

PARTIES = tuple(f"P{number:02}" for number in range(38))
UNITS = ("immigration", "anti_trafficking", "border_management", "training", "ncb")
LANGUAGES = ("ar", "en", "fr", "es")
NOMINATED_PER_SEAT = 25
WOMEN_WHO_WAIT = 10
"""They are ranked last; every other who waits is a man."""


@dataclass(frozen=True)
class SeatOfAWoman:
    """A seat that a woman is offered; the women's quota needs every one of them."""

    number: int
    offer_id: UUID
    nomination_id: UUID
    party: str

    def no_longer_selected(self) -> Update:
        """She declines."""
        mine = nomination.update().where(nomination.c.id == self.nomination_id)
        return mine.values(status="declined")


@dataclass
class LargeCall:
    """The call and its seats."""

    course: Course
    call_id: UUID
    seats_of_women: list[SeatOfAWoman] = field(default_factory=list)
    held_seat: int = 1


async def a_large_call(registration: Registration, size: int) -> LargeCall:
    """So many nominations of 40 parties; 45 quotas, of which that of women is just kept."""
    seats = max(WOMEN_WHO_WAIT * 3, size // NOMINATED_PER_SEAT)
    course = await a_course(registration, seats=seats)
    made = LargeCall(course, UUID(course.call_id))
    people = [_nominated(made.call_id, number, seats, size) for number in range(size)]
    women = [one for one in people[:seats] if one["sex"] == "female"]
    offers = [_offer(one, number) for number, one in enumerate(people[:seats], start=1)]
    async with registration.database.writing() as connection:
        await insert_all(connection, person, [_person(one) for one in people])
        await insert_all(connection, nomination, people)
        await insert_all(connection, offer, offers)
        await insert_all(connection, call_quota, _quotas(made.call_id, seats, len(women)))
        mine = call.update().where(call.c.id == made.call_id)
        await connection.execute(mine.values(selected_at=START, pool_digest="0" * 64))
        await connection.exec_driver_sql("ANALYZE")
    of_nomination = {one["nomination_id"]: one for one in offers}
    made.seats_of_women = [
        SeatOfAWoman(
            of_nomination[one["id"]]["seat"],
            of_nomination[one["id"]]["id"],
            one["id"],
            one["party"],
        )
        for one in women
    ]
    return made


def _nominated(call_id: UUID, number: int, seats: int, size: int) -> dict[str, Any]:
    party, reference = PARTIES[number % len(PARTIES)], f"O-{number}"
    woman = number % 2 == 0 if number < seats else number >= size - WOMEN_WHO_WAIT
    drawn = Candidate(call_id, party, reference, 1, {})
    return {
        "id": new_id(),
        "call_id": call_id,
        "activity_id": ACTIVITY,
        "project_id": PROJECT,
        "person_id": new_id(),
        "party": party,
        "officer_reference": reference,
        "sex": "female" if woman else "male",
        "unit": UNITS[number % 7 % len(UNITS)],
        "rank_band": ("junior", "mid", "senior")[number % 3],
        "specialisms": [UNITS[number % 3], UNITS[number % 11 % len(UNITS)]],
        "languages": [LANGUAGES[number % 4], LANGUAGES[number % 3]],
        "priority": number // len(PARTIES) + 1,
        "status": "selected" if number < seats else "waitlisted",
        "late": False,
        "submitted_at": START,
        "lot": lot("AMM-2018-01", drawn),
        "version": 2,
    }


def _person(nominated: dict[str, Any]) -> dict[str, Any]:
    known = {name: nominated[name] for name in ("party", "officer_reference", "sex", "unit")}
    name = {"script": "Latn", "given": "Given", "family": nominated["officer_reference"]}
    return {
        **known,
        "id": nominated["person_id"],
        "names": [{**name, "on_passport": True}],
        "language": "ar",
        "wants_email": True,
        "wants_sms": False,
        "contact_directly": True,
        "calendar_country": "JO",
        "version": 1,
    }


def _offer(nominated: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "call_id": nominated["call_id"],
        "seat": number,
        "nomination_id": nominated["id"],
        "person_id": nominated["person_id"],
        "recipient_id": nominated["person_id"],
        "state": "live",
        "offered_at": START,
        "answer_local": "2018-05-20T23:59:00",
        "answer_zone": "Asia/Amman",
        "answer_by": START,
    }


def _quotas(call_id: UUID, seats: int, women: int) -> list[dict[str, Any]]:
    asked = [
        *(("party", code, 0, seats) for code in PARTIES),
        *(("unit", unit, 1, seats) for unit in UNITS),
        ("language", "ar", 1, None),
        ("sex", "female", women, None),
    ]
    names = ("dimension", "value", "minimum", "maximum")
    return [{"call_id": call_id, **dict(zip(names, one, strict=True))} for one in asked]
