"""What another system sends is held to the rules; a refusal says why, and stops nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from services.registration.tables import nomination as nomination_table
from shared.contracts.ingress import IngressEventAccepted, IngressEventRefused
from shared.messaging.transport import Sent
from shared.outsiders import outsider
from shared.tables import deferred
from tests.messaging.ingress.sent import STRUCTURED
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE
from tests.services.registration.outsiders import (
    a_course_with_a_system,
    codes,
    nomination,
    sends,
    takes_part,
)


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


async def _becomes(registration: Registration, state: str) -> None:
    async with registration.database.writing() as connection:
        await connection.execute(outsider.update().values(state=state))
        assert (await connection.execute(select(outsider.c.code))).all()
