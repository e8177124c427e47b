"""What other systems call officers and activities: said by an admin, once for each reference."""

from typing import Any
from uuid import UUID

import pytest

from shared.contracts.registration import AliasDescribed
from shared.outsiders import alias
from shared.tables import audit, deferred, stored_answer
from tests.services.registration.building import START, Registration, an_id
from tests.services.registration.course import ACTIVITY, Course, a_course, registers
from tests.services.registration.made_once import made_once
from tests.services.registration.systems import joins

REFERENCE = "HR-77/كريم"


async def names(course: Course, meant: object, **other: Any) -> Any:
    asked = {"kind": "officer", "party": "JO", "reference": REFERENCE, "meant_id": str(meant)}
    return await course.admin.post("/outsiders/jo-hr/aliases", json={**asked, **other})


@made_once
async def a_named_officer(registration: Registration) -> tuple[Course, UUID]:
    course = await a_course(registration, seats=0)
    await joins(course.admin)
    officer = await registers(course, party="JO", officer_reference="JO-001")
    await registration.said()
    return course, UUID(str(officer))


async def test_reference_leads_to_the_officer_and_to_the_activity(
    registration: Registration,
) -> None:
    course, officer = await a_named_officer(registration)

    answers = [await names(course, officer), await names(course, ACTIVITY, kind="activity")]

    said = await registration.said(AliasDescribed)
    listed = (await course.admin.get("/outsiders/jo-hr/aliases")).json()["items"]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [(one.kind, one.reference, one.meant_id) for one in said] == [
        ("officer", REFERENCE, officer),
        ("activity", REFERENCE, ACTIVITY),
    ]
    assert {one["meant_id"] for one in listed} == {str(officer), str(ACTIVITY)}


async def test_reference_that_stands_for_somebody_is_withdrawn_first(
    registration: Registration,
) -> None:
    course, officer = await a_named_officer(registration)
    other = await registers(course, party="JO", officer_reference="JO-002")
    first = (await names(course, officer)).json()

    taken = await names(course, other)
    withdrawn = await course.admin.post(f"/outsiders/jo-hr/aliases/{first['id']}/withdrawal")
    anew = await names(course, other)

    said = await registration.said(AliasDescribed)
    assert (taken.status_code, taken.json()["code"]) == (409, "alias-exists")
    assert withdrawn.json()["meant_id"] is None
    assert (anew.json()["id"], anew.json()["version"]) == (first["id"], 3)
    assert [one.meant_id for one in said] == [officer, None, UUID(str(other))]


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"party": "TN"}, 422, "alias-does-not-fit"),
        ({"meant_id": str(an_id("nobody"))}, 422, "person-is-not-registered"),
        ({"kind": "activity", "meant_id": str(an_id("none"))}, 409, "not-known-yet"),
        ({"reference": ""}, 422, "fields-are-not-valid"),
        ({"reference": "x" * 101}, 422, "fields-are-not-valid"),
    ],
)
async def test_alias_that_does_not_fit_is_refused(
    registration: Registration, other: dict[str, Any], status: int, code: str
) -> None:
    course, officer = await a_named_officer(registration)

    answer = await names(course, officer, **other)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await registration.rows(alias) == []


async def test_another_partys_officer_can_not_be_meant(registration: Registration) -> None:
    course, _ = await a_named_officer(registration)
    stranger = await registers(course, party="TN", officer_reference="TN-001")

    answer = await names(course, stranger)

    assert (answer.status_code, answer.json()["code"]) == (422, "alias-does-not-fit")


async def test_nothing_of_a_reference_is_left_when_its_officer_is_erased(
    registration: Registration,
) -> None:
    course, officer = await a_named_officer(registration)
    asked = {"kind": "officer", "party": "JO", "reference": REFERENCE, "meant_id": str(officer)}
    once = {"Idempotency-Key": "an-alias"}
    await course.admin.post("/outsiders/jo-hr/aliases", json=asked, headers=once)

    await course.admin.post(f"/persons/{officer}/erasure")

    listed = (await course.admin.get("/outsiders/jo-hr/aliases")).json()["items"]
    refused = await names(course, officer)
    assert listed == []
    assert refused.json()["code"] == "person-is-not-registered"
    for table in (alias, stored_answer, audit):
        assert REFERENCE not in str(await registration.rows(table))


async def test_what_was_held_until_somebody_is_named_is_tried_again(
    registration: Registration,
) -> None:
    course, officer = await a_named_officer(registration)
    async with registration.database.writing() as connection:
        for sender in ("jo-hr", "tn-hr"):
            await connection.execute(deferred.insert().values(**a_held_event(sender)))

    await names(course, officer)

    states = {row["source"]: row["state"] for row in await registration.rows(deferred)}
    assert states == {"outsider:jo-hr": "waiting", "outsider:tn-hr": "held"}


def a_held_event(sender: str) -> dict[str, Any]:
    """An event of a system that waits for a person here."""
    return {
        "id": an_id(sender),
        "consumer": "ingress",
        "source": f"outsider:{sender}",
        "event_id": "e-1",
        "type": "external.nomination.submitted.v1",
        "body": b"{}",
        "digest": "0" * 64,
        "state": "held",
        "reason": "held",
        "error": "",
        "attempt": 1,
        "due_at": START,
        "first_at": START,
    }


@pytest.mark.parametrize("role", ["coordinator", "auditor", "focal_point"])
async def test_admin_alone_says_and_reads_what_references_mean(
    registration: Registration, role: Any
) -> None:
    course, officer = await a_named_officer(registration)
    made = (await names(course, officer)).json()
    other = registration.client(role, "JO" if role == "focal_point" else None)

    answers = [
        await other.get("/outsiders/jo-hr/aliases"),
        await other.post("/outsiders/jo-hr/aliases", json={**made, "x": 1}),
        await other.post(f"/outsiders/jo-hr/aliases/{made['id']}/withdrawal"),
    ]

    assert [answer.status_code for answer in answers] == [403, 422, 403]


async def test_alias_of_another_system_is_not_found(registration: Registration) -> None:
    course, officer = await a_named_officer(registration)
    await joins(course.admin, "jo-police")
    made = (await names(course, officer)).json()

    answer = await course.admin.post(f"/outsiders/jo-police/aliases/{made['id']}/withdrawal")

    assert answer.status_code == 404
