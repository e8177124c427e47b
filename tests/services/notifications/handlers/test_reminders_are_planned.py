"""Reminders come three working days of the reader's country before the first session, once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.calendar import CalendarIsMalformed
from shared.contracts.scheduling import CalendarDescribed
from shared.tables import deferred

from ..building import Notifications
from ..facts import (
    EMIRATES,
    JORDAN,
    KARIM,
    LAYLA,
    MOROCCO,
    REFERENCE,
    activity,
    at,
    enrolled,
    joining,
    moved,
    person,
    scheduled,
)

NINE = 6
"""Nine in the morning in Amman, in UTC."""


@pytest.mark.parametrize(
    ("country", "day"), [("JO", 19), ("MA", 20), ("AE", 19), (None, 20)], ids=str
)
async def test_working_days_are_those_of_the_readers_country(
    notifications: Notifications, country: str | None, day: int
) -> None:
    await notifications.hears(
        JORDAN, MOROCCO, EMIRATES, activity(), scheduled(), scheduled("2018-06-25T09:00", 2)
    )

    await notifications.hears(person(calendar_country=country), enrolled(), joining())

    (due_at,) = (await notifications.reminders()).values()
    assert due_at == datetime(2018, 6, day, NINE, tzinfo=UTC)


async def test_a_reminder_is_sent_when_its_hour_has_come_and_not_before(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())
    await notifications.moves_to(datetime(2018, 6, 19, NINE - 1, 59, tzinfo=UTC))
    await notifications.does_jobs()
    before = await notifications.messages(message="session_reminder")

    await notifications.moves_to(datetime(2018, 6, 19, NINE, tzinfo=UTC))
    await notifications.does_jobs()

    assert before == []
    (one,) = await notifications.messages(message="session_reminder")
    assert (one["status"], one["channel"], one["cause"]) == (
        "sent",
        "email",
        "notifications.reminder",
    )
    mail = notifications.mails.kept[-1][2]
    assert REFERENCE in mail.subject
    assert "24 June 2018" in mail.text


async def test_an_officer_is_reminded_of_the_first_session_that_concerns_them(
    notifications: Notifications,
) -> None:
    for_karim = scheduled("2018-06-24T09:00", 1, participant_ids=(KARIM,))
    for_all = scheduled("2018-06-26T09:00", 2)

    await notifications.hears(JORDAN, activity(), for_karim, for_all, person(), person(KARIM))
    await notifications.hears(enrolled(), joining(), enrolled(KARIM), joining(KARIM))

    planned = {key.partition("/")[0]: due for key, due in (await notifications.reminders()).items()}
    assert planned == {
        str(KARIM): datetime(2018, 6, 19, NINE, tzinfo=UTC),
        str(LAYLA): datetime(2018, 6, 21, NINE, tzinfo=UTC),
    }


async def test_who_is_left_out_of_a_session_is_reminded_of_the_next(
    notifications: Notifications,
) -> None:
    sessions = (scheduled(), scheduled("2018-06-26T09:00", 2))
    await notifications.hears(JORDAN, activity(), *sessions, person(), enrolled(), joining())

    await notifications.hears(moved("2018-06-24T09:00", participant_ids=(KARIM,)))

    (due_at,) = (await notifications.reminders()).values()
    assert due_at == datetime(2018, 6, 21, NINE, tzinfo=UTC)


async def test_who_is_enrolled_late_is_reminded_at_once_but_never_after_the_start(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), person(KARIM))
    await notifications.moves_to(datetime(2018, 6, 22, 8, tzinfo=UTC))
    await notifications.hears(enrolled(), joining())
    await notifications.does_jobs()

    await notifications.moves_to(at("2018-06-24T09:00").instant)
    await notifications.hears(enrolled(KARIM), joining(KARIM))
    await notifications.does_jobs()

    reminded = await notifications.messages(message="session_reminder")
    assert [one["person_id"] for one in reminded] == [LAYLA]


async def test_the_focal_point_is_reminded_for_an_officer_not_written_to(
    notifications: Notifications,
) -> None:
    through: dict[str, Any] = {
        "recipient_id": KARIM,
        "officer_reference": "MA-3",
        "visibility": "closed",
    }
    await notifications.hears(MOROCCO, activity(visibility="closed"), scheduled())
    await notifications.hears(person(KARIM, calendar_country="MA"), enrolled(), joining(**through))

    await notifications.moves_to(datetime(2018, 6, 20, NINE, tzinfo=UTC))
    await notifications.does_jobs()

    (one,) = await notifications.messages(message="session_reminder")
    assert (one["person_id"], one["about_id"]) == (KARIM, LAYLA)
    assert "MA-3" in notifications.mails.kept[-1][2].text


async def test_a_reminder_waits_for_the_calendar_of_the_country(
    notifications: Notifications,
) -> None:
    await notifications.hears(activity(), scheduled(), person(), enrolled(), joining())
    before = await notifications.reminders()

    await notifications.hears(JORDAN)

    assert before == {}
    assert len(await notifications.reminders()) == 1


async def test_a_calendar_that_is_none_is_set_aside(notifications: Notifications) -> None:
    wrong = CalendarDescribed(country="JO", calendar={"weekends": [{"days": "no"}]})

    await notifications.hears(wrong)

    (letter,) = await notifications.rows(deferred)
    assert letter["error"].startswith(CalendarIsMalformed.__name__)
