"""A reminder follows its session and its reader, whatever changes and in whatever order."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from services.notifications.handlers.projections import keep_enrolments
from shared.context import Work
from shared.contracts import Event, decode
from shared.contracts.scheduling import OfficerEnrolled
from shared.tables import job

from ..building import Notifications, shuffled
from ..facts import (
    JORDAN,
    KARIM,
    LAYLA,
    MOROCCO,
    activity,
    an_id,
    calendar,
    enrolled,
    joining,
    moved,
    no_longer_enrolled,
    person,
    scheduled,
)

NINE = 6
"""Nine in the morning in Amman, in UTC."""
AMAL = an_id("amal")


async def test_a_moved_session_is_reminded_of_at_its_new_time_only(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())

    await notifications.hears(moved("2018-07-02T09:00"))

    (due_at,) = (await notifications.reminders()).values()
    assert due_at == datetime(2018, 6, 27, NINE, tzinfo=UTC)


async def test_a_session_moved_away_and_back_is_reminded_of_once(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())
    before = await notifications.reminders()

    await notifications.hears(moved("2018-07-02T09:00"), moved("2018-06-24T09:00"))

    assert await notifications.reminders() == before
    await notifications.moves_to(datetime(2018, 6, 20, 8, tzinfo=UTC))
    await notifications.does_jobs()
    assert len(await notifications.messages(message="session_reminder")) == 1


async def test_a_room_changed_after_the_reminder_brings_no_second_one(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())
    await notifications.moves_to(datetime(2018, 6, 20, 8, tzinfo=UTC))
    await notifications.does_jobs()

    await notifications.hears(moved("2018-06-24T09:00", room="B"), calendar("JO", (6, 7)))
    await notifications.does_jobs()

    assert len(await notifications.messages(message="session_reminder")) == 1
    assert await notifications.reminders() == {}


async def test_a_reminder_whose_session_has_begun_meanwhile_is_not_sent(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())

    await notifications.moves_to(datetime(2018, 6, 24, 9, tzinfo=UTC))
    await notifications.does_jobs()

    assert await notifications.messages(message="session_reminder") == []


@pytest.mark.parametrize(
    "event",
    [
        no_longer_enrolled(),
        activity(state="cancelled"),
        moved("2018-06-24T09:00", state="cancelled"),
        activity(visibility="closed"),
        person(contact_directly=False),
    ],
    ids=["not-enrolled", "activity-cancelled", "session-cancelled", "closed", "not-directly"],
)
async def test_a_reminder_that_is_no_longer_right_is_taken_back(
    notifications: Notifications, event: Event
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())

    await notifications.hears(event)

    assert await notifications.reminders() == {}


@pytest.mark.parametrize("seed", [3, 11, 24, 628])
async def test_what_is_planned_does_not_depend_on_the_order_of_facts(
    notifications: Notifications, seed: int
) -> None:
    letters = [notifications.encoded(event) for event in _a_course_that_changes()]

    for event_type, body in shuffled(letters, seed):
        await notifications.receives(event_type, body)

    planned = {(key[:36], due_at.day) for key, due_at in (await notifications.reminders()).items()}
    assert planned == {(str(LAYLA), 26), (str(AMAL), 27)}
    timers = [one for one in await notifications.rows(job) if one["kind"] == "remind"]
    assert len(timers) == len(planned)


@pytest.mark.both_databases
async def test_facts_taken_in_at_the_same_time_are_not_blind_to_each_other(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), joining())
    half = decode(notifications.encoded(enrolled())[1], OfficerEnrolled)
    event_type, other_half = notifications.encoded(moved("2018-07-02T09:00"))
    has_read, other_is_done = asyncio.Event(), asyncio.Event()

    async def take_in_half_and_linger(work: Work) -> None:
        await keep_enrolments(work, [half])
        has_read.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(other_is_done.wait(), 0.5)

    async def take_in_other_half() -> None:
        await has_read.wait()
        await notifications.receives(event_type, other_half)
        other_is_done.set()

    await asyncio.gather(notifications.works(take_in_half_and_linger), take_in_other_half())

    assert [due_at.day for due_at in (await notifications.reminders()).values()] == [27]


def _a_course_that_changes() -> list[Event]:
    return [
        JORDAN,
        MOROCCO,
        activity(visibility="closed"),
        activity(),
        scheduled("2018-06-24T09:00"),
        scheduled("2018-07-01T09:00", 2),
        person(LAYLA, calendar_country="MA"),
        person(LAYLA),
        person(KARIM),
        person(AMAL, calendar_country="MA"),
        *(enrolled(one) for one in (LAYLA, KARIM, AMAL)),
        *(joining(one) for one in (LAYLA, KARIM, AMAL)),
        no_longer_enrolled(KARIM),
        moved("2018-06-27T09:00"),
        moved("2018-07-03T09:00"),
    ]
