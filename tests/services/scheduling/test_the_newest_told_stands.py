"""Of what other systems say of the same, the newest stands, in whatever order it comes in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from services.scheduling.app import REACTIONS, build
from services.scheduling.tables import attendance
from shared.contracts.ingress import (
    IngressEventAccepted,
)
from shared.contracts.scheduling import EnrolmentCompleted, EnrolmentFailed
from shared.database import Database
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery
from shared.settings import Settings
from shared.tables import deferred, event_count
from shared.web.tokens import trusting
from tests.messaging.ingress.sent import ATTENDANCE, COMPLETION, structured
from tests.services.scheduling.building import ISSUER, ORIGIN, Nowhere, Scheduling, an_id
from tests.services.scheduling.course import amman
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    called,
    completed,
    mark,
    sends,
    tries,
)


async def test_a_later_mark_corrects_the_first(scheduling: Scheduling) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    await sends(scheduling, mark())
    await sends(scheduling, mark(2, status="absent"))

    assert [row["status"] for row in await scheduling.rows(attendance)] == ["absent"]


async def test_the_mark_that_was_recorded_last_stands_whichever_comes_first(
    scheduling: Scheduling,
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    statuses = ("present", "absent", "present", "late")

    for number in (2, 0, 3, 1):
        recorded_at = f"2018-06-24T12:00:0{number}Z"
        [answer] = await sends(
            scheduling, mark(number, status=statuses[number], recorded_at=recorded_at)
        )
        assert isinstance(answer, IngressEventAccepted)

    assert [row["status"] for row in await scheduling.rows(attendance)] == ["late"]
    assert await stale(scheduling, ATTENDANCE) == 2


async def test_a_mark_said_again_keeps_out_what_was_said_in_between(
    scheduling: Scheduling,
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    for second, status in ((1, "present"), (5, "present"), (3, "absent")):
        recorded_at = f"2018-06-24T12:00:0{second}Z"
        await sends(scheduling, mark(second, status=status, recorded_at=recorded_at))

    assert [row["status"] for row in await scheduling.rows(attendance)] == ["present"]


async def test_without_a_record_of_its_own_a_mark_is_as_old_as_its_event(
    scheduling: Scheduling,
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    for second, status in ((2, "late"), (1, "absent")):
        said = mark(second, status=status, recorded_at=None)
        await sends(scheduling, {**said, "time": f"2018-06-24T12:00:0{second}Z"})

    assert [row["status"] for row in await scheduling.rows(attendance)] == ["late"]


async def test_an_older_mark_from_elsewhere_does_not_undo_an_instructors(
    scheduling: Scheduling,
) -> None:
    course, session = await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    await course.marks(session, layla="late")

    await sends(scheduling, mark(1, status="absent", recorded_at="2018-06-24T12:00:00Z"))
    older = [row["status"] for row in await scheduling.rows(attendance)]
    await scheduling.moves_to(amman(27))
    await sends(scheduling, mark(2, status="absent", recorded_at="2018-06-26T12:00:00Z"))

    assert older == ["late"]
    assert [row["status"] for row in await scheduling.rows(attendance)] == ["absent"]


@pytest.mark.both_databases
async def test_marks_taken_in_at_once_end_at_the_newest(
    scheduling: Scheduling, database_url: str
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    numbers = [7, 2, 9, 0, 5, 1, 8, 3, 6, 4]

    async with another_worker(database_url) as another:
        workers = (Dispatcher(scheduling.service.context, REACTIONS), another)
        await asyncio.gather(
            *(
                workers[place % 2].dispatch(Delivery(structured(numbered(number))))
                for place, number in enumerate(numbers)
            )
        )
        while letters := await scheduling.rows(deferred):
            assert {row["state"] for row in letters} == {"waiting"}
            await tries(scheduling)

    [row] = await scheduling.rows(attendance)
    assert row["status"] == numbered(9)["data"]["status"]
    assert row["said_at"] == datetime(2018, 6, 24, 12, 0, 9, tzinfo=UTC)


@asynccontextmanager
async def another_worker(database_url: str) -> AsyncIterator[Dispatcher]:
    """A second process of the service, with connections of its own."""
    database = Database(database_url)
    settings = Settings("test", ORIGIN, b"k" * 32, trusting(ISSUER), story=True)
    yield Dispatcher(build(settings, Nowhere(), database).context, REACTIONS)
    await database.close()


def numbered(number: int) -> dict[str, Any]:
    """One of ten marks, a second apart; each says something else than those beside it."""
    status = ("present", "late", "excused", "absent")[number % 4]
    return mark(number, status=status, recorded_at=f"2018-06-24T12:00:0{number}Z")


async def stale(scheduling: Scheduling, event_type: str) -> int:
    """How many of a type were older than what was known."""
    rows = await scheduling.rows(event_count)
    return sum(
        row["events"]
        for row in rows
        if (row["direction"], row["consumer"], row["type"]) == ("stale", "ingress", event_type)
    )


async def test_the_outcome_that_was_reported_last_stands_whichever_comes_first(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling, delivery="online_self_paced")
    await scheduling.hears(called("EMP-1", an_id("layla")))
    await scheduling.moves_to(amman(28))
    await scheduling.said()

    for second, outcome in (
        (2, "completed"),
        (1, "not_completed"),
        (4, "completed"),
        (3, "not_completed"),
    ):
        said = {**completed(outcome=outcome), "id": f"c-{second}"}
        await sends(scheduling, {**said, "time": f"2018-06-27T12:00:0{second}Z"})
    scheduling.read = 0
    told = await scheduling.said(EnrolmentCompleted, EnrolmentFailed)

    assert [type(one) for one in told] == [EnrolmentCompleted]
    assert await stale(scheduling, COMPLETION) == 2
