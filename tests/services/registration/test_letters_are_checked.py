"""Whoever is shown a letter of invitation can ask whether it is valid."""

from datetime import UTC, datetime

from shared.web.checks import CheckLimit
from tests.services.registration.building import Registration
from tests.services.registration.lettered import checked, issues, who_needs_a_letter


async def test_the_check_answers_to_number_and_name_alone(registration: Registration) -> None:
    course, _, nominated = await who_needs_a_letter(registration)
    number = (await issues(course, nominated)).json()["number"]
    typed = number.lower().replace("-", " ")

    answers = [
        await checked(registration, typed, " FAMILY jo "),
        await checked(registration, number, "Somebody"),
        await checked(registration, "K7QM-2X9R-HT4C-V8WN", "Family JO"),
    ]
    page = await registration.client().post(
        "/check?lang=en", data={"number": number, "family_name": "Family JO"}
    )
    await registration.moves_to(datetime(2018, 6, 29, 6, tzinfo=UTC))

    assert answers == ["yes", "no", "no"]
    assert "This letter is valid" in page.text
    assert await checked(registration, number, "Family JO") == "void"


async def test_whoever_checks_too_often_waits(registration: Registration) -> None:
    registration.service.api.state.check_limit = CheckLimit(each_size=2, each_per_second=0)
    asked = {"number": "K7QM-2X9R-HT4C-V8WN", "family_name": "Family JO"}

    answers = [
        await registration.client().post("/visa-letters/check", json=asked) for _ in range(3)
    ]

    assert [one.status_code for one in answers] == [200, 200, 429]
