"""Persons: unique by sign-in and reference, kept to the byte, versioned, followed by channels."""

from typing import Any
from uuid import UUID

import pytest

from services.registration.tables import person
from shared.contracts.registration import ChannelAssigned, PersonDetailsChanged, StaffAssigned
from shared.web.principal import login
from tests.services.registration.building import Registration
from tests.services.registration.course import PROJECT, a_course, registers


def a_person(**other: Any) -> dict[str, Any]:
    """A person as the API takes them."""
    return {
        "names": [{"script": "Latn", "given": "Some", "family": "Body"}],
        "sex": "female",
        "language": "en",
        **other,
    }


async def test_names_are_kept_to_the_byte(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    name = {"script": "Latn", "given": " Zoë\u0308  ", "family": "O'Neill‎😀"}

    person_id = await registers(course, names=[name])
    shown = await course.admin.get(f"/persons/{person_id}")

    said = await registration.said(PersonDetailsChanged)
    kept = shown.json()["names"][0]
    assert (kept["given"], kept["family"]) == (name["given"], name["family"])
    assert (said[-1].names[0].given, said[-1].names[0].family) == (name["given"], name["family"])


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"subject": "someone"}, {"subject": "someone"}, "subject-is-taken"),
        (
            {"party": "JO", "officer_reference": "X"},
            {"party": "JO", "officer_reference": "X"},
            "officer-reference-is-taken",
        ),
        ({}, {"party": "EG"}, "party-is-not-registered"),
        ({}, {"phone": "0791234567"}, "phone-is-not-valid"),
        ({}, {"email": "no address"}, "fields-are-not-valid"),
        ({}, {"language": "de"}, "fields-are-not-valid"),
    ],
)
async def test_what_stands_against_a_person_is_named(
    registration: Registration, first: dict[str, Any], second: dict[str, Any], code: str
) -> None:
    course = await a_course(registration, seats=0)
    await registers(course, **first)
    before = await registration.rows(person)

    answer = await course.admin.post("/persons", json=a_person(**second))

    assert answer.json()["code"] == code, answer.text
    assert await registration.rows(person) == before


async def test_the_same_reference_may_be_used_by_two_parties(registration: Registration) -> None:
    course = await a_course(registration, seats=0)

    first = await registers(course, party="JO", officer_reference="X")
    second = await registers(course, party="TN", officer_reference="X")

    assert first != second


async def test_nobody_overwrites_what_they_have_not_seen(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    person_id = await registers(course)
    path = f"/persons/{person_id}"
    shown = await course.admin.get(path)

    blind = await course.admin.put(path, json=a_person(language="fr"))
    seen = await course.admin.put(
        path, json=a_person(language="fr"), headers={"If-Match": shown.headers["ETag"]}
    )
    late = await course.admin.put(
        path, json=a_person(language="es"), headers={"If-Match": shown.headers["ETag"]}
    )

    assert (blind.status_code, seen.status_code, late.status_code) == (428, 200, 412)
    assert seen.headers["ETag"] == '"2"'
    assert (await course.admin.get(path)).json()["language"] == "fr"


async def test_channels_and_assignments_follow_a_new_sign_in(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    channels = (await course.admin.get(f"/projects/{PROJECT}/channels")).json()["items"]
    staff = (await course.admin.get(f"/projects/{PROJECT}/staff")).json()["items"]
    holder = next(one["holder_id"] for one in channels if one["party"] == "JO")
    await registration.said()

    for person_id, subject in ((holder, "new holder"), (staff[0]["person_id"], "new staff")):
        described = a_person(subject=subject, party="JO" if person_id == holder else None)
        changed = await course.admin.put(
            f"/persons/{person_id}", json=described, headers={"If-Match": '"1"'}
        )
        assert changed.status_code == 200, changed.text

    said = await registration.said(ChannelAssigned, StaffAssigned)
    assert said[0].holder_login == login("new holder")
    assert said[1].login == login("new staff")
    old, new = course.points["JO"], registration.client("focal_point", "JO", "new holder")
    assert len((await new.get(f"/projects/{PROJECT}/channels")).json()["items"]) == 1
    assert (await old.get(f"/projects/{PROJECT}/channels")).status_code == 404
    versions = (await course.admin.get(f"/projects/{PROJECT}/channels")).json()["items"]
    assert {UUID(one["holder_id"]): one["version"] for one in versions}[UUID(holder)] == 2


async def test_lists_go_on_where_they_ended(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    for _ in range(5):
        await registers(course)

    everyone = (await course.admin.get("/persons")).json()["items"]
    page = (await course.admin.get("/persons?limit=3")).json()
    seen = page["items"]
    while page["next"]:
        page = (await course.admin.get(f"/persons?limit=3&after={page['next']}")).json()
        seen += page["items"]

    assert len(everyone) == 8
    assert [one["id"] for one in seen] == [one["id"] for one in everyone]
