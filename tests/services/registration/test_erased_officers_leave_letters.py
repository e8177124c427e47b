"""What other systems said of an officer goes with the officer, wherever it waits; they are told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.registration.app import REACTIONS
from services.registration.tables import person, received_event
from shared.contracts.ingress import IngressAnswer, IngressEventAccepted, IngressEventRefused
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import DELIVERY_LIMIT, Delivery
from shared.purging import purge
from shared.tables import deferred, outbox
from tests.messaging.ingress.sent import ATTENDANCE, STRUCTURED, event, structured
from tests.messaging.lethal import ends_whoever_tries
from tests.services.registration.building import START, Registration
from tests.services.registration.course import Course, registers
from tests.services.registration.outsiders import (
    a_course_with_a_system,
    asking,
    nomination,
    receives,
    sends,
    takes_part,
)

EVENTS = "/ingress/events"
SENT_AS = {"Content-Type": STRUCTURED}


async def parks(registration: Registration, said: dict[str, Any], **how: Any) -> list[Any]:
    """Have an event arrive that ends whoever tries it; what is answered."""
    context = registration.service.context
    often = Delivery(structured(said, **how), DELIVERY_LIMIT + 1)
    await Dispatcher(context, REACTIONS).dispatch(often)
    await ends_whoever_tries(context)
    return await registration.said(IngressAnswer)


async def erases(course: Course, person_id: object) -> None:
    answer = await course.admin.post(f"/persons/{person_id}/erasure")
    assert answer.status_code == 202


async def nominated(registration: Registration) -> UUID:
    """The officer whom a system has put forward."""
    await sends(registration, nomination())
    (row,) = [one for one in await registration.rows(person) if one["officer_reference"]]
    return UUID(str(row["id"]))


async def test_a_parked_letter_of_an_officer_known_by_alias_goes_and_its_sender_is_told(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    officer = await nominated(registration)
    again, other = {**nomination(), "id": "n-again"}, nomination(8)
    await parks(registration, again)
    await parks(registration, other)

    await erases(course, officer)
    [answer] = await registration.said(IngressAnswer)
    [sent_again] = await sends(registration, again)

    [left] = await registration.rows(deferred)
    assert left["event_id"] == other["id"]
    assert isinstance(answer, IngressEventRefused)
    assert (answer.subject, answer.person_id) == ("n-again", None)
    assert [one.code for one in answer.faults] == ["officer-is-forgotten"]
    assert sent_again.faults == answer.faults


async def test_a_parked_letter_goes_that_calls_an_officer_as_the_party_does(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await takes_part(registration, "tn-hr", parties=["TN"])
    officer = await registers(course, party="JO", officer_reference="EMP-7")
    await parks(registration, nomination())
    await parks(registration, nomination(7, party="TN"), code="tn-hr")

    await erases(course, officer)

    left = [row["source"] for row in await registration.rows(deferred)]
    assert left == ["outsider:tn-hr"]


async def test_what_was_not_sent_on_yet_is_not_sent_on_any_more(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    officer = await nominated(registration)
    async with asking(registration) as system:
        said = event(ATTENDANCE, officer="EMP-7")
        taken = await system.post(EVENTS, json=said, headers=SENT_AS)

        await erases(course, officer)

        unknown = await system.get(taken.headers["location"])
    waiting = [row for row in await registration.rows(outbox) if row["type"] == ATTENDANCE]
    answers = [one.subject for one in await registration.said(IngressEventRefused)]
    assert (taken.status_code, unknown.status_code) == (202, 404)
    assert waiting == []
    assert answers == [said["id"]]


async def test_an_answer_names_the_officer_and_is_forgotten_with_them(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    [accepted] = await receives(registration, structured(nomination()))
    officer = accepted.person_id
    bodies = await registration.hears(accepted)
    [noted] = await registration.rows(received_event)

    await erases(course, officer)
    forgotten = await registration.rows(received_event)
    await registration.receives(IngressEventAccepted.type, *bodies)
    await registration.hears(accepted)

    assert officer in [row["id"] for row in await registration.rows(person)]
    assert (noted["person_id"], noted["state"]) == (officer, "accepted")
    assert forgotten == await registration.rows(received_event) == []


async def test_an_answer_can_be_asked_for_as_long_as_the_id_is_known_and_what_waits_always(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await registration.hears(*await receives(registration, structured(nomination())))
    await registration.hears(*await parks(registration, nomination(8)))
    now = datetime.now(UTC)
    kept = {row["subject"]: row["kept_until"] for row in await registration.rows(received_event)}

    await purges(registration)
    before = len(await registration.rows(received_event))
    async with registration.database.writing() as connection:
        spent = received_event.update().where(received_event.c.kept_until.is_not(None))
        await connection.execute(spent.values(kept_until=START))
    await purges(registration)

    assert timedelta(days=89) < kept["n-7"] - now <= timedelta(days=90)
    assert (kept["n-8"], before) == (None, 2)
    assert [row["state"] for row in await registration.rows(received_event)] == ["held"]


async def purges(registration: Registration) -> None:
    await purge(registration.service.context, registration.service.kept_for_a_time)
