"""A letter of invitation is void when it says what is so no longer, and all hear who had it."""

from datetime import date
from typing import Any

import pytest

from services.registration.tables import follow_up, visa_letter
from shared.contracts.registration import (
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
    VisaLetterVoided,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import the_activity
from tests.services.registration.detailed import HTML, path_of
from tests.services.registration.lettered import NEEDED, checked, issues, who_needs_a_letter

OTHER = {
    "names": [{"script": "Latn", "given": "Some", "family": "Other"}],
    "sex": "male",
    "unit": "immigration",
    "email": "other@example.org",
    "language": "ar",
}


async def test_a_seat_given_back_makes_the_letter_void_and_everybody_hears(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]
    officer, _ = await registration.said(VisaLetterAnnounced)
    before = await checked(registration, number, "Family JO")

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    await registration.does_jobs()

    after = await checked(registration, number, "Family JO")
    said = await registration.said()
    (fact,) = (one for one in said if isinstance(one, VisaLetterVoided))
    told = [one for one in said if isinstance(one, VisaLetterVoidAnnounced)]
    page = await registration.client().get(path_of(officer), headers=HTML)
    paper = await registration.client().get(f"{path_of(officer)}/paper")
    assert (before, after) == ("yes", "void")
    assert (fact.void_reason, len(told)) == ("seat_ended", 2)
    assert (page.status_code, paper.status_code) == (410, 410)
    assert paper.json()["code"] == "letter-is-void"
    assert [row["sealed"] for row in await registration.rows(visa_letter)] == [None]


@pytest.mark.parametrize(
    ("said", "answer", "told"),
    [
        ({"ends_on": date(2018, 6, 29)}, "void", 2),
        ({"state": "cancelled"}, "void", 2),
        ({"languages": ("ar", "fr")}, "yes", 0),
    ],
    ids=["other days", "cancelled", "nothing that is printed"],
)
async def test_a_letter_that_names_other_days_than_the_activity_is_void(
    registration: Registration, said: dict[str, Any], answer: str, told: int
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    await registration.hears(the_activity(**said), sequence=2)
    await registration.does_jobs()

    assert await checked(registration, number, "Family JO") == answer
    assert len(await registration.said(VisaLetterVoidAnnounced)) == told


async def test_a_replaced_officer_keeps_no_letter(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    replaced = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/replacement",
        json={"officer": {**OTHER, "officer_reference": "JO-009"}},
    )

    assert replaced.status_code in (200, 201), replaced.text
    assert await checked(registration, number, "Family JO") == "void"


async def test_another_letter_takes_the_place_of_the_first(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    first = (await issues(course, nominated)).json()["number"]

    second = (await issues(course, nominated)).json()["number"]
    await registration.does_jobs()

    answers = [await checked(registration, number, "Family JO") for number in (first, second)]
    said = await registration.said()
    assert answers == ["void", "yes"]
    assert [one.void_reason for one in said if isinstance(one, VisaLetterVoided)] == ["reissued"]
    assert [one for one in said if isinstance(one, VisaLetterVoidAnnounced)] == []


@pytest.mark.parametrize(
    ("changed", "state", "answer"),
    [
        ({"passport.number": "Z1112223"}, "void", "void"),
        ({"diet.kind": "vegan"}, "issued", "yes"),
        ({"visa_letter.needed": "no"}, None, "void"),
    ],
)
async def test_another_passport_makes_the_letter_void(
    registration: Registration, changed: dict[str, str], state: str | None, answer: str
) -> None:
    course, path, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]

    await registration.client().post(path, data={**NEEDED, **changed})

    (row,) = await registration.rows(follow_up)
    assert row["visa_letter"] == state
    assert await checked(registration, number, "Family JO") == answer
