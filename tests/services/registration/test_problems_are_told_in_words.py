"""What is wrong with a file, an officer or a panel is told in the reader's language, and truly."""

from typing import Any

import pytest

from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course, an_officer
from tests.services.registration.files import a_roster, numbered, sends

ROWS = a_roster(numbered(1, unit="training"), numbered(2, sex="?"))
TOLD = {
    "en": ("The call asks for officers of other units.", "Use female, male or not stated."),
    "ar": ("الدعوة موجهة إلى ضباط من وحدات أخرى.", "استخدموا: أنثى أو ذكر أو غير محدد."),
    "fr": (
        "L’appel s’adresse à des agents d’autres unités.",
        "Utilisez femme, homme ou non précisé.",
    ),
    "es": (
        "La convocatoria se dirige a funcionarios de otras unidades.",
        "Use mujer, hombre o no indicado.",
    ),
}
RELAXED = {
    "en": ["Tunisia: at least 0 instead of 1", "Women: at least 0 instead of 1"],
    "ar": ["تونس", "النساء"],
    "fr": ["Tunisie", "Femmes"],
    "es": ["Túnez", "Mujeres"],
}


async def a_call_for_immigration(registration: Registration, **call: Any) -> Course:
    """A call for officers of one unit."""
    return await a_course(registration, units=[{"unit": "immigration"}], **call)


@pytest.mark.parametrize("language", TOLD)
async def test_problems_of_a_file_are_in_the_language_asked_for(
    registration: Registration, language: str
) -> None:
    course = await a_call_for_immigration(registration)
    jordan, asked = course.points["JO"], {"Accept-Language": language}
    read = await sends(course, ROWS)

    address = f"/calls/{course.call_id}/rosters?party=JO"
    refused = await jordan.post(address, content=ROWS, headers=asked)
    listed = await jordan.get(f"/imports/{read['id']}/problems", params={"lang": language})
    unconfirmed = await jordan.post(f"/imports/{read['id']}/confirmation", json={}, headers=asked)
    file = await jordan.get(f"/imports/{read['id']}/problems.csv", params={"lang": language})

    rule, cell = TOLD[language]
    of_roster = {one["code"]: one["message"] for one in refused.json()["errors"]}
    of_import = {one["code"]: one["message"] for one in listed.json()["items"]}
    of_confirmation = {one["code"]: one["message"] for one in unconfirmed.json()["errors"]}
    assert of_roster == of_import == of_confirmation == {"unit-required": rule, "sex-unknown": cell}
    assert rule in file.content.decode()
    assert cell in file.content.decode()


@pytest.mark.parametrize("language", TOLD)
async def test_a_rule_that_does_not_hold_is_not_told_as_if_it_did(
    registration: Registration, language: str
) -> None:
    course = await a_call_for_immigration(registration)
    address, asked = f"/calls/{course.call_id}/nominations", {"Accept-Language": language}
    body = {"party": "JO", "officer": an_officer("JO", 1, unit="training"), "priority": 1}

    refused = await course.points["JO"].post(address, json=body, headers=asked)

    (fault,) = refused.json()["errors"]
    assert (fault["code"], fault["message"]) == ("unit-required", TOLD[language][0])


@pytest.mark.parametrize("language", RELAXED)
async def test_what_would_be_enough_is_in_the_language_asked_for(
    registration: Registration, language: str
) -> None:
    parties = [{"party": "JO", "minimum": 1}, {"party": "TN", "minimum": 1}]
    course = await a_call_for_immigration(registration, women_minimum=1, parties=parties)
    names = {"ar": "تونس", "en": "Tunisia", "fr": "Tunisie", "es": "Túnez"}
    described = {"kind": "country", "names": names, "contact_directly": True}
    await course.admin.put("/parties/TN", json=described, headers={"If-Match": '"1"'})
    await course.nominates("JO", 1)
    await course.selects()

    address = f"/calls/{course.call_id}/selection?lang={language}"
    refused = await course.coordinator.post(address)

    *obstacles, enough = refused.json()["errors"]
    assert (enough["code"], len(obstacles)) == ("would-be-enough", 2)
    for told, group in zip(enough["message"].splitlines(), RELAXED[language], strict=True):
        assert told.startswith(group), told
    assert [
        group in one["message"] for one, group in zip(obstacles, RELAXED[language], strict=True)
    ]
