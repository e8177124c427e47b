"""Nominating one officer: what the call asks for, and what the party said before."""

import pytest

from services.registration.tables import nomination, person
from shared.contracts.registration import NominationSubmitted, PersonDetailsChanged
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course, an_officer


async def test_a_nomination_makes_the_officer_known(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.said()
    name = {"script": "Arab", "given": "رَانِيَا ", "family": "أبو‏ زيد"}

    nominated = await course.nominates("JO", 1, names=[name], phone="079 123 4567", wants_sms=True)

    details, submitted = await registration.said(PersonDetailsChanged, NominationSubmitted)
    assert (details.names[0].given, details.names[0].family) == (name["given"], name["family"])
    assert details.phone == "+962791234567"
    assert (details.party, details.calendar_country) == ("JO", "JO")
    assert str(submitted.person_id) == nominated["person_id"] == str(details.person_id)
    assert (submitted.status, submitted.late, submitted.priority) == ("submitted", False, 1)
    assert "names" not in nominated
    assert "officer_reference" not in nominated


async def test_the_same_officer_is_the_same_person(registration: Registration) -> None:
    course = await a_course(registration)
    first = await course.nominates("JO", 1)
    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")
    await registration.said()

    again = await course.nominates("JO", 1, email="another@example.org")

    (details,) = await registration.said(PersonDetailsChanged)
    assert again["person_id"] == first["person_id"]
    assert details.email == "another@example.org"
    kept = [row for row in await registration.rows(person) if row["officer_reference"] == "JO-001"]
    assert [row["version"] for row in kept] == [2]


@pytest.mark.parametrize(
    ("number", "priority", "officer", "code"),
    [
        (1, 2, {}, "already-nominated"),
        (2, 1, {}, "priority-is-taken"),
        (2, 2, {"unit": "biometrics"}, "officer-is-not-eligible"),
        (2, 2, {"phone": "12345"}, "phone-is-not-valid"),
        (2, 2, {"names": []}, "fields-are-not-valid"),
        (2, 2, {"unknown": "field"}, "fields-are-not-valid"),
    ],
)
async def test_what_stands_against_a_nomination_is_named(
    registration: Registration, number: int, priority: int, officer: dict[str, object], code: str
) -> None:
    course = await a_course(registration, units=[{"unit": "immigration", "minimum": 0}])
    await course.nominates("JO", 1)

    answer = await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={
            "party": "JO",
            "officer": an_officer("JO", number, **officer),
            "priority": priority,
        },
    )

    assert answer.json()["code"] == code, answer.text
    assert len(await registration.rows(nomination)) == 1


async def test_nothing_is_taken_after_the_deadline(registration: Registration) -> None:
    course = await a_course(registration)
    await registration.moves_to(AFTER_THE_DEADLINE)

    answer = await course.points["JO"].post(
        f"/calls/{course.call_id}/nominations",
        json={"party": "JO", "officer": an_officer("JO", 1), "priority": 1},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "call-is-closed")


async def test_a_coordinator_nominates_for_invited_parties_only(
    registration: Registration,
) -> None:
    course = await a_course(registration, parties=[{"party": "JO"}])
    body = {"party": "TN", "officer": an_officer("TN", 1), "priority": 1}

    uninvited = await course.coordinator.post(f"/calls/{course.call_id}/nominations", json=body)
    from_there = await course.points["TN"].post(f"/calls/{course.call_id}/nominations", json=body)
    unseen = await course.points["TN"].get(f"/calls/{course.call_id}")

    assert uninvited.json()["code"] == "officer-is-not-eligible"
    assert (from_there.status_code, unseen.status_code) == (404, 404)
