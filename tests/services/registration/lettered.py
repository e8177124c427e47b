"""A seat whose officer needs a letter of invitation, and who has it issued and checked."""

from typing import Any

import httpx

from tests.services.registration.building import Registration
from tests.services.registration.course import Course
from tests.services.registration.detailed import FORM, a_confirmed_seat
from tests.services.registration.made_once import made_once

LETTER = {
    "languages": ["ar", "en"],
    "signatory": {"name": "Leila Haddad", "role": {"en": "Head of training"}},
}
NEEDED = {
    **FORM,
    "visa_letter.needed": "yes",
    "visa_letter.born_on": "1986-03-09",
    "visa_letter.birthplace": "Aqaba",
    "visa_letter.consulate": "Embassy, Amman",
}


@made_once
async def who_needs_a_letter(
    registration: Registration, form: dict[str, str] = NEEDED, **call: Any
) -> tuple[Course, str, Any]:
    """The course, the path of the form that was filled in, and the nomination."""
    course, path, nominated = await a_confirmed_seat(registration, **call)
    filled = await registration.client().post(path, data=form)
    assert filled.status_code == 200, filled.text
    await registration.said()
    return course, path, nominated


async def issues(course: Course, nominated: Any, who: str = "coordinator") -> httpx.Response:
    """Somebody has the letter issued."""
    asks = course.coordinator if who == "coordinator" else course.points[who]
    return await asks.post(f"/nominations/{nominated['id']}/visa-letter", json=LETTER)


async def checked(registration: Registration, number: str, family: str) -> str:
    """What the public check answers."""
    asked = {"number": number, "family_name": family}
    answer = await registration.client().post("/visa-letters/check", json=asked)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["answer"])
