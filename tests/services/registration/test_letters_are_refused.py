"""No letter of invitation is issued that would say too little, or come too late."""

from datetime import UTC, datetime

import pytest

from services.registration.tables import visa_letter
from tests.services.registration.building import Registration
from tests.services.registration.course import the_project
from tests.services.registration.detailed import FORM, a_confirmed_seat
from tests.services.registration.lettered import NEEDED, issues, who_needs_a_letter


@pytest.mark.parametrize(
    ("form", "code"),
    [(None, "details-are-missing"), (FORM, "letter-is-not-asked")],
)
async def test_no_letter_without_details_or_need(
    registration: Registration, form: dict[str, str] | None, code: str
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    if form:
        await registration.client().post(path, data=form)

    answer = await issues(course, nominated)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await registration.rows(visa_letter) == []


async def test_no_letter_without_a_passport_among_the_details(registration: Registration) -> None:
    needed = {name: value for name, value in NEEDED.items() if name.startswith("visa_letter")}
    course, _, nominated = await who_needs_a_letter(
        registration, form=needed, follow_up=["visa_letter"]
    )

    answer = await issues(course, nominated)

    assert answer.json()["code"] == "details-are-missing"
    assert [one["path"] for one in answer.json()["errors"]] == ["passport"]


async def test_no_letter_without_who_issues_it_nor_once_the_activity_has_begun(
    registration: Registration,
) -> None:
    course, _, nominated = await who_needs_a_letter(registration)

    await registration.hears(the_project(issuing_body=None))
    nobodys = await issues(course, nominated)
    await registration.moves_to(datetime(2018, 6, 24, 6, tzinfo=UTC))
    late = await issues(course, nominated)

    assert (nobodys.status_code, nobodys.json()["code"]) == (409, "issuing-body-is-missing")
    assert (late.status_code, late.json()["code"]) == (409, "activity-is-over")


async def test_no_letter_without_a_seat(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")

    answer = await issues(course, nominated)

    assert (answer.status_code, answer.json()["code"]) == (409, "officer-holds-no-seat")
