"""What officers took part in, by the facts of scheduling, whatever comes when."""

import random
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from services.registration.past.history import completions, first_timers
from services.registration.tables import attendance, enrolment, participation
from shared.context import Actor, Work
from shared.contracts import Event
from shared.contracts.event import date
from shared.contracts.scheduling import (
    AttendanceRecorded,
    EnrolmentCancelled,
    EnrolmentCompleted,
    EnrolmentFailed,
    OfficerEnrolled,
)
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import ACTIVITY, PROJECT, a_course, the_activity

OFFICER = an_id("an officer")


def a_place(**other: Any) -> dict[str, Any]:
    """The place of an officer in the course, as scheduling tells of it."""
    return {
        "enrolment_id": an_id("a place"),
        "activity_id": ACTIVITY,
        "project_id": PROJECT,
        "nomination_id": an_id("a nomination"),
        "person_id": OFFICER,
        "party": "JO",
        "sex": "female",
        "unit": "immigration",
        **other,
    }


def was(status: str, day: int = 24, **other: Any) -> AttendanceRecorded:
    """Whether the officer was there on a day of June."""
    told = {
        "attendance_id": an_id(f"attendance {day}"),
        "enrolment_id": an_id("a place"),
        "session_id": an_id(f"session {day}"),
        "activity_id": ACTIVITY,
        "party": "JO",
        "person_id": OFFICER,
        "held_on": date(2018, 6, day),
        "status": status,
    }
    return AttendanceRecorded(**{**told, **other})


async def known_of(registration: Registration, *person_ids: UUID) -> tuple[Any, Any]:
    """Who of these takes part for the first time, and what each completed."""
    async with registration.database.reading() as connection:
        context = registration.service.context
        now = await context.clock.now(connection)
        work = Work(context, connection, Actor("a-test", "admin"), now, "a-test")
        return await first_timers(work, person_ids), await completions(work, person_ids)


async def test_who_completed_is_no_first_timer_and_has_the_code(registration: Registration) -> None:
    await registration.hears(the_activity())
    another = an_id("another officer")

    await registration.hears(EnrolmentCompleted(**a_place(status="completed")))

    first, completed = await known_of(registration, OFFICER, another)
    assert first == {another}
    assert completed == {OFFICER: {"AMM-2018-01"}, another: frozenset()}


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([OfficerEnrolled(**a_place(status="enrolled"))], None),
        ([EnrolmentFailed(**a_place(status="failed"))], None),
        ([EnrolmentFailed(**a_place(status="failed", sessions_attended=1))], "failed"),
        ([OfficerEnrolled(**a_place(status="enrolled")), was("absent")], None),
        ([OfficerEnrolled(**a_place(status="enrolled")), was("late")], "attended"),
        ([EnrolmentCancelled(**a_place(status="cancelled")), was("present")], "attended"),
    ],
)
async def test_who_never_came_took_no_part(
    registration: Registration, events: list[Event], outcome: str | None
) -> None:
    await registration.hears(*events)

    (row,) = await registration.rows(participation)
    first, completed = await known_of(registration, OFFICER)
    assert row["outcome"] == outcome
    assert (OFFICER in first) == (outcome is None)
    assert completed == {OFFICER: frozenset()}


async def test_whatever_comes_when_ends_in_the_same_rows(registration: Registration) -> None:
    told = [
        (OfficerEnrolled(**a_place(status="enrolled")), 1),
        (EnrolmentCompleted(**a_place(status="completed", sessions_attended=2)), 2),
        (EnrolmentFailed(**a_place(status="failed", sessions_attended=1)), 3),
        (was("present", 24), 1),
        (was("present", 25), 1),
        (was("absent", 25), 2),
    ]
    orders = random.Random(5).sample(list(permutations(told)), 12)
    ends = []

    for order in orders:
        for event, sequence in (*order, order[0]):
            await registration.hears(event, sequence=sequence)
        ends.append([await registration.rows(one) for one in (enrolment, participation)])
        async with registration.database.writing() as connection:
            for table in (enrolment, attendance, participation):
                await connection.execute(table.delete())

    (row,) = ends[0][1]
    assert (row["outcome"], row["held_on"]) == ("failed", date(2018, 6, 24))
    assert ends == ends[:1] * len(ends)


async def test_nothing_is_left_of_an_erased_officer_and_nothing_comes_back(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    person_id = UUID((await course.nominates("JO", 1))["person_id"])
    told = EnrolmentCompleted(**a_place(status="completed", person_id=person_id))
    await registration.hears(told, was("present", person_id=person_id))

    erased = await course.admin.post(f"/persons/{person_id}/erasure")
    await registration.hears(told, sequence=9)
    await registration.hears(was("late", 26, person_id=person_id))

    assert erased.status_code == 202
    for table in (enrolment, attendance, participation):
        assert await registration.rows(table) == []
