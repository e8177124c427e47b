"""Enrolments are in line with the newest state of nominations, whatever arrives first."""

from itertools import permutations
from typing import Any

from services.scheduling.tables import enrolment, nomination, person
from shared.contracts.registration import (
    NominationConfirmed,
    NominationSelected,
    NominationState,
    NominationSubmitted,
    NominationWithdrawn,
)
from shared.contracts.scheduling import (
    EnrolmentCancelled,
    JoiningInstructionsIssued,
    OfficerEnrolled,
)
from shared.tables import deferred
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import Course, a_course, an_officer


async def test_only_a_confirmed_seat_becomes_an_enrolment(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)

    await scheduling.hears(course.nomination("amal", NominationSubmitted, **_NOT_YET))
    before = await scheduling.rows(enrolment)
    await scheduling.hears(course.nomination("amal"))

    assert before == []
    (place,) = await scheduling.rows(enrolment)
    assert (place["person_id"], place["status"]) == (an_id("amal"), "enrolled")
    assert [type(event) for event in await scheduling.said()] == [OfficerEnrolled]


async def test_every_order_of_arrival_ends_in_the_same_enrolment(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    endings = []

    for number, order in enumerate(permutations(range(4))):
        name = f"officer {number}"
        history = _history(course, name)
        for place in order:
            await scheduling.hears(history[place], sequence=place + 1)
        said = await scheduling.said(OfficerEnrolled, EnrolmentCancelled)
        rows = await scheduling.rows(enrolment)
        mine = [row["status"] for row in rows if row["person_id"] == an_id(name)]
        endings.append((mine, [type(event).__name__ for event in said]))

    assert endings == [(["cancelled"], ["OfficerEnrolled", "EnrolmentCancelled"])] * 24


async def test_a_nomination_heard_twice_changes_nothing(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    (body,) = await scheduling.hears(course.nomination("amal"))
    before = [await scheduling.rows(table) for table in (enrolment, nomination)]
    await scheduling.said()

    await scheduling.receives(NominationConfirmed.type, body)
    await scheduling.hears(course.nomination("amal"), sequence=1)

    assert [await scheduling.rows(table) for table in (enrolment, nomination)] == before
    assert await scheduling.said() == []


async def test_a_nomination_for_an_unknown_activity_waits_for_it(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    course.activity_id = an_id("not there")

    await scheduling.hears(course.nomination("amal"))

    (letter,) = await scheduling.rows(deferred)
    assert letter["reason"] == "not-yet-known"
    assert await scheduling.rows(nomination) == []


async def test_who_is_enrolled_late_gets_joining_instructions_at_once(
    scheduling: Scheduling,
) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.instructs()
    await scheduling.said()

    await course.enrols("amal")

    said = await scheduling.said()
    assert [type(event) for event in said] == [OfficerEnrolled, JoiningInstructionsIssued]
    assert said[1].recipient_id == an_id("amal")


async def test_late_instructions_wait_for_the_officer_to_be_known(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.schedules(24)
    await course.instructs()

    await scheduling.hears(course.nomination("amal"))
    waiting = await scheduling.rows(enrolment)
    await scheduling.hears(an_officer("amal"))
    await scheduling.tries_again()

    assert waiting == []
    (place,) = await scheduling.rows(enrolment)
    assert place["instructions_issued_at"] is not None
    assert await scheduling.rows(deferred) == []


async def test_an_older_copy_of_a_person_never_wins(scheduling: Scheduling) -> None:
    await scheduling.hears(an_officer("amal", language="fr"), sequence=2)

    await scheduling.hears(an_officer("amal", language="ar"), sequence=1)

    (kept,) = await scheduling.rows(person)
    assert kept["language"] == "fr"


_NOT_YET: dict[str, Any] = {"status": "submitted", "confirmed": False}


def _history(course: Course, name: str) -> list[NominationState]:
    return [
        course.nomination(name, NominationSubmitted, status="submitted", confirmed=False),
        course.nomination(name, NominationSelected, status="selected", confirmed=False),
        course.nomination(name, NominationConfirmed),
        course.nomination(name, NominationWithdrawn, status="withdrawn", confirmed=True),
    ]
