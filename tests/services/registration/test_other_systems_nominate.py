"""Another system nominates by the rules of a focal point, once, and it alone is answered."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from services.registration.app import REACTIONS
from services.registration.tables import nomination as nomination_table
from services.registration.tables import person
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventRefused,
)
from shared.contracts.registration import AliasDescribed, NominationSubmitted
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery, Sent
from shared.outsiders import alias, outsider
from shared.tables import deferred, inbox
from tests.messaging.ingress.sent import NOMINATION, STRUCTURED, binary, structured
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course
from tests.services.registration.outsiders import (
    a_course_with_a_system,
    nomination,
    receives,
    sends,
    takes_part,
)


def codes(answer: Any) -> list[str]:
    """What an answer names."""
    return [fault.code for fault in answer.faults]


@pytest.mark.parametrize("mode", [structured, binary])
async def test_an_officer_is_put_forward_and_the_sender_is_told(
    registration: Registration, mode: Any
) -> None:
    course = await a_course_with_a_system(registration)

    [answer] = await receives(registration, mode(nomination()))

    [row] = await registration.rows(nomination_table)
    assert isinstance(answer, IngressEventAccepted)
    assert (answer.outsider, answer.subject, answer.id) == ("jo-hr", "n-7", row["id"])
    assert (await course.standing()) == {"EMP-7": "submitted"}


async def test_the_senders_reference_means_the_officer_from_then_on(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await receives(registration, structured(nomination()))

    [row] = await registration.rows(alias)

    [officer] = [one for one in await registration.rows(person) if one["officer_reference"]]
    assert (row["reference"], row["meant_id"], row["party"]) == ("EMP-7", officer["id"], "JO")


async def test_alias_and_nomination_are_told_of_once(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    message = structured(nomination())

    answers = []
    for _ in range(3):
        answers += await receives(registration, message)
    registration.read = 0
    told = await registration.said(AliasDescribed, NominationSubmitted)

    assert [answer.repeated for answer in answers] == [False, True, True]
    assert len({answer.id for answer in answers}) == 1
    assert sorted(type(one).__name__ for one in told) == ["AliasDescribed", "NominationSubmitted"]


async def test_an_id_that_comes_again_with_other_data_is_refused(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await sends(registration, nomination())

    [answer] = await sends(registration, {**nomination(8), "id": "n-7"})
    [first_again] = await sends(registration, nomination())

    assert codes(answer) == ["id-reused"]
    assert isinstance(first_again, IngressEventAccepted)
    assert await course.standing() == {"EMP-7": "submitted"}


async def test_an_officer_whom_the_focal_point_nominated_before_is_the_same_person(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration, seats=2)
    await course.nominates("JO", 7, officer_reference="EMP-7")

    [answer] = await sends(registration, nomination(7, priority=9))

    assert codes(answer) == ["already-nominated"]
    assert len([one for one in await registration.rows(person) if one["officer_reference"]]) == 1


async def test_the_officer_a_person_matched_is_nominated_under_the_partys_reference(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    nominated = await course.nominates("JO", 1)
    told = {"kind": "officer", "party": "JO", "reference": "EMP-7"}
    path = "/outsiders/jo-hr/aliases"
    meant = {**told, "meant_id": nominated["person_id"]}
    assert (await course.admin.post(path, json=meant)).status_code == 201
    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    await registration.said()

    [answer] = await sends(registration, nomination())

    assert isinstance(answer, IngressEventAccepted), answer
    assert (await course.standing())["JO-001"] == "submitted"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"activity": "NO-SUCH"}, "activity-is-not-known", "data.activity"),
        ({"party": "TN"}, "party-is-not-yours", "data.party"),
        ({"priority": 1}, "priority-is-taken", None),
    ],
)
async def test_what_a_focal_point_is_refused_is_refused_to_a_system(
    registration: Registration, change: dict[str, Any], code: str, field: str | None
) -> None:
    course = await a_course_with_a_system(registration)
    await course.nominates("JO", 1, priority=1)
    await registration.said()

    [answer] = await sends(registration, nomination(7, **change))

    assert isinstance(answer, IngressEventRefused)
    assert answer.faults[0].code == code
    assert field in [fault.field for fault in answer.faults]
    assert len(await course.standing()) == 1


async def test_fields_that_are_not_as_they_should_be_are_named_as_they_were_sent(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    said = nomination()
    said["data"]["officer"].update(email="nobody", reference=" EMP", unit="Some Unit")

    [answer] = await sends(registration, said)

    assert codes(answer)[0] == "fields-are-not-valid"
    fields = {fault.field for fault in answer.faults}
    assert {"data.officer.email", "data.officer.reference", "data.officer.unit"} <= fields


async def test_the_deadline_and_the_units_of_the_call_hold(registration: Registration) -> None:
    units = [{"unit": "investigation", "minimum": 0}]
    await a_course_with_a_system(registration, units=units)

    [other_unit] = await sends(registration, nomination())
    await registration.moves_to(AFTER_THE_DEADLINE)
    [too_late] = await sends(registration, nomination(8))

    assert codes(other_unit)[0] == "officer-is-not-eligible"
    assert other_unit.faults[1].field == "data.officer"
    assert codes(too_late) == ["call-is-closed"]


async def test_a_refusal_is_given_again_to_the_same(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    said = nomination(7, activity="NO-SUCH")

    first = await sends(registration, said)
    second = await sends(registration, said)

    assert [codes(one) for one in first] == [codes(one) for one in second]


@pytest.mark.parametrize(
    ("registered", "code"),
    [
        ({"state": "suspended"}, "sender-is-not-active"),
        ({"state": "removed"}, "sender-is-not-active"),
        ({"sends": []}, "type-is-not-yours"),
        ({"parties": ["TN"]}, "party-is-not-yours"),
    ],
)
async def test_a_sender_says_only_what_it_is_registered_for(
    registration: Registration, registered: dict[str, Any], code: str
) -> None:
    await a_course_with_a_system(registration)
    await takes_part(registration, "other", **registered)

    [answer] = await sends(registration, nomination(), code="other")

    assert codes(answer)[0] == code
    assert await registration.rows(nomination_table) == []


async def test_what_was_refused_for_its_sender_is_taken_once_the_sender_may(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await _becomes(registration, "suspended")
    await sends(registration, nomination())
    await _becomes(registration, "active")

    [answer] = await sends(registration, nomination())

    assert isinstance(answer, IngressEventAccepted)


@pytest.mark.parametrize("body", [b"not json", b"[1,2]", b'{"specversion":"1.0"}'])
async def test_what_is_no_event_is_answered_to_its_sender_and_stops_nothing(
    registration: Registration, body: bytes
) -> None:
    await a_course_with_a_system(registration)
    sent = Sent(STRUCTURED, message_id="m-1")

    [answer] = await sends(registration, body, sent=sent)
    [good] = await sends(registration, nomination())

    assert isinstance(answer, IngressEventRefused)
    assert (answer.outsider, answer.subject) == ("jo-hr", "m-1")
    assert isinstance(good, IngressEventAccepted)
    assert await registration.rows(deferred) == []


async def test_a_type_nobody_owns_is_refused(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    said = {**nomination(), "type": "external.leave.requested.v1"}

    [answer] = await sends(registration, said)

    assert codes(answer) == ["type-is-not-known", "unknown"]
    assert answer.event_type == "external.leave.requested.v1"


async def test_what_no_system_sent_is_set_aside(registration: Registration) -> None:
    await a_course_with_a_system(registration)

    answers = await sends(registration, nomination(), code="Nobody At All")

    assert answers == []
    [letter] = await registration.rows(deferred)
    assert (letter["state"], letter["reason"]) == ("parked", "sender-is-nobody")


async def test_a_message_of_the_day_before_is_as_good(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    said = {**nomination(), "time": "2018-04-01T08:00:00Z"}

    [answer] = await sends(registration, said)

    assert isinstance(answer, IngressEventAccepted)
    assert len(await course.standing()) == 1


async def test_an_erased_officer_is_somebody_new_under_the_same_reference(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await sends(registration, nomination())
    [kept] = await registration.rows(nomination_table)
    await course.admin.post(f"/persons/{kept['person_id']}/erasure")
    await registration.said()

    [answer] = await sends(registration, nomination(8, officer=nomination(7)["data"]["officer"]))

    assert isinstance(answer, IngressEventAccepted)
    rows = await registration.rows(nomination_table)
    assert len({row["person_id"] for row in rows}) == 2


async def test_what_is_taken_is_counted_once_and_noted_with_its_answer(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    for _ in range(2):
        await sends(registration, nomination())

    noted = [one for one in await registration.rows(inbox) if one["consumer"] == "ingress"]
    async with registration.client("auditor") as auditor:
        figures = (await auditor.get("/figures")).json()

    assert [(one["source"], one["answer"]["verdict"]) for one in noted] == [
        ("outsider:jo-hr", "accepted")
    ]
    assert figures["taken_in"]["ingress"] == {NOMINATION: 1}
    assert NOMINATION not in figures["committed"]


async def _becomes(registration: Registration, state: str) -> None:
    async with registration.database.writing() as connection:
        await connection.execute(outsider.update().values(state=state))
        assert (await connection.execute(select(outsider.c.code))).all()


@pytest.mark.both_databases
async def test_a_reference_said_for_two_parties_at_once_stands_for_one_officer(
    registration: Registration,
) -> None:
    await a_course(registration)
    await takes_part(registration, parties=["JO", "TN"])
    await registration.said()
    dispatcher = Dispatcher(registration.service.context, REACTIONS)
    said = [
        {**nomination(7, party=party, priority=number), "id": f"n-{party}"}
        for number, party in enumerate(("JO", "TN"), start=1)
    ]

    await asyncio.gather(*(dispatcher.dispatch(Delivery(structured(one))) for one in said))

    answers = await registration.said(IngressAnswer)
    named = [row for row in await registration.rows(alias) if row["reference"] == "EMP-7"]
    assert sorted(type(one).__name__ for one in answers) == [
        "IngressEventAccepted",
        "IngressEventRefused",
    ]
    [refused] = [one for one in answers if isinstance(one, IngressEventRefused)]
    assert codes(refused)[0] == "alias-does-not-fit"
    assert len(named) == 1
