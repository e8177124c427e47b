"""When another system's mark was said: by its own clock within reason, else when it came in."""

from datetime import timedelta
from typing import Any

import pytest

from services.scheduling.tables import attendance
from shared.contracts.ingress import IngressEventAccepted, IngressEventHeld, IngressEventRefused
from shared.messaging.deferred import due_letters
from shared.tables import deferred
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.course import amman
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    a_system,
    called,
    completed,
    mark,
    sends,
    tries,
)


def without_a_time(said: dict[str, Any]) -> dict[str, Any]:
    """A mark that says nothing of when it was written down."""
    data = {name: value for name, value in said["data"].items() if name != "recorded_at"}
    return {**{name: value for name, value in said.items() if name != "time"}, "data": data}


async def test_a_mark_that_was_held_is_as_old_as_it_came_in(scheduling: Scheduling) -> None:
    course = await a_course_with_a_system(scheduling)
    session = await course.schedules(24)
    await scheduling.moves_to(amman(24, 13))
    await scheduling.said()
    [held] = await sends(scheduling, without_a_time(mark(status="absent")))
    await scheduling.moves_to(amman(25))
    await course.marks(session, layla="late")

    await scheduling.moves_to(amman(26))
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await tries(scheduling)

    assert isinstance(held, IngressEventHeld)
    assert await scheduling.rows(deferred) == []
    assert [row["status"] for row in await scheduling.rows(attendance)] == ["late"]


async def test_a_mark_that_waited_for_its_sender_is_as_old_as_it_came_in(
    scheduling: Scheduling,
) -> None:
    course = await a_course_with_a_system(scheduling)
    session = await course.schedules(24)
    await scheduling.moves_to(amman(24, 13))
    await sends(scheduling, without_a_time(mark(status="absent")), code="jo-tc")
    await scheduling.moves_to(amman(25))
    await course.marks(session, layla="late")

    of_theirs = called("EMP-1", an_id("layla")).model_copy(update={"outsider": "jo-tc"})
    await scheduling.hears(of_theirs, a_system("jo-tc"))
    await tries(scheduling)

    assert await scheduling.rows(deferred) == []
    assert [row["status"] for row in await scheduling.rows(attendance)] == ["late"]


async def test_what_is_released_is_tried_in_the_order_in_which_it_came_in(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    for number, officer in enumerate(("EMP-2", "EMP-1", "EMP-2")):
        await sends(scheduling, mark(number, officer=officer))
    before = {row["event_id"]: row["first_at"] for row in await scheduling.rows(deferred)}

    await scheduling.hears(called("EMP-1", an_id("layla")), called("EMP-2", an_id("samir")))

    due = await due_letters(scheduling.service.context)
    assert [letter.event_id for letter in due] == ["a-0", "a-1", "a-2"]
    assert {letter.event_id: letter.first_at for letter in due} == before


@pytest.mark.parametrize("officer", ["EMP-1", "NOBODY"])
@pytest.mark.parametrize(
    ("data", "time", "field"),
    [
        ({"recorded_at": "2999-01-01T00:00:00Z"}, "2018-06-24T12:00:00Z", "data.recorded_at"),
        ({"recorded_at": None}, "2999-01-01T00:00:00Z", "time"),
    ],
)
async def test_a_mark_of_a_time_to_come_is_refused(
    scheduling: Scheduling, officer: str, data: dict[str, Any], time: str, field: str
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    [answer] = await sends(scheduling, {**mark(officer=officer, **data), "time": time})

    assert isinstance(answer, IngressEventRefused)
    assert [(one.code, one.field) for one in answer.faults] == [
        ("time-is-ahead", None),
        ("not-possible", field),
    ]


async def test_a_completion_of_a_time_to_come_is_refused(scheduling: Scheduling) -> None:
    await a_course_with_a_system(scheduling, delivery="online_self_paced")
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    [answer] = await sends(scheduling, {**completed(), "time": "2018-07-28T12:00:00Z"})

    assert [one.code for one in answer.faults] == ["time-is-ahead", "not-possible"]


async def test_a_clock_may_be_a_little_ahead(scheduling: Scheduling) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    ahead = amman(25) + timedelta(minutes=2)

    [answer] = await sends(scheduling, mark(recorded_at=ahead.isoformat()))

    assert isinstance(answer, IngressEventAccepted)
