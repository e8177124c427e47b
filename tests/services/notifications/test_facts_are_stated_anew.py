"""Facts stated anew fill what is known here: reminders to come are planned, nothing is sent."""

import pytest

from services.notifications.tables import activity as activities
from services.notifications.tables import calendar, enrolment, message, person, session
from services.notifications.tables import joining as link
from shared.contracts import Event
from shared.contracts.stated import stated_as
from shared.tables import job

from . import facts
from .building import Notifications
from .facts import JORDAN, activity, enrolled, joining, moved, scheduled

KNOWN = (facts.person(), JORDAN, activity(), scheduled(), enrolled())


def anew(event: Event) -> Event:
    """The same fact, only stated."""
    stated = stated_as(type(event))
    assert stated is not None
    return stated(**dict(event))


async def test_what_was_lost_is_filled_and_the_same_reminders_are_to_come(
    notifications: Notifications,
) -> None:
    await notifications.hears(*KNOWN, joining())
    await notifications.does_jobs()
    before, reminders = await known(notifications), await notifications.reminders()
    await forget(notifications)

    for fact in KNOWN:
        await notifications.hears(anew(fact), sequence=1)
    await notifications.does_jobs()

    assert await known(notifications) == before
    assert await notifications.reminders() == reminders
    assert len(reminders) == 1
    assert len(notifications.mails.kept) == 1


async def test_a_reminder_that_was_sent_is_not_sent_again(notifications: Notifications) -> None:
    await notifications.hears(*KNOWN, joining())
    ((_, due_at),) = (await notifications.reminders()).items()
    await notifications.moves_to(due_at)
    await notifications.does_jobs()
    sent = len(notifications.mails.kept)
    await forget(notifications)

    for fact in KNOWN:
        await notifications.hears(anew(fact), sequence=1)
    await notifications.does_jobs()

    assert sent == 2
    assert len(notifications.mails.kept) == sent
    assert await notifications.reminders() == {}


@pytest.mark.parametrize("order", [1, -1])
async def test_a_wholly_new_database_has_the_reminders_to_come_and_writes_nothing(
    notifications: Notifications, order: int
) -> None:
    await notifications.hears(*KNOWN, joining())
    await notifications.does_jobs()
    reminders, sent = await notifications.reminders(), len(notifications.mails.kept)
    await lose_everything(notifications)

    for fact in (*KNOWN, joining())[::order]:
        await notifications.hears(anew(fact), sequence=1)
    await notifications.does_jobs()

    assert await notifications.reminders() == reminders
    assert len(reminders) == 1
    assert await notifications.rows(message) == []
    assert len(notifications.mails.kept) == sent


async def test_a_reminder_of_the_past_is_not_planned_anew_and_one_to_come_is(
    notifications: Notifications,
) -> None:
    await notifications.hears(*KNOWN, joining())
    ((_, due_at),) = (await notifications.reminders()).items()
    await notifications.moves_to(due_at)
    await notifications.does_jobs()
    sent = len(notifications.mails.kept)
    await lose_everything(notifications)
    for fact in (joining(), *KNOWN):
        await notifications.hears(anew(fact), sequence=1)

    await notifications.does_jobs()
    of_the_past = await notifications.reminders()
    await notifications.hears(moved("2018-07-04T09:00"), sequence=2)

    assert sent == len(notifications.mails.kept) == 2
    assert of_the_past == {}
    assert len(await notifications.reminders()) == 1


async def test_what_was_told_here_itself_is_no_statement_however_late_it_comes(
    notifications: Notifications,
) -> None:
    for fact in (joining(), *KNOWN):
        await notifications.hears(anew(fact), sequence=2)
    before = await notifications.rows(link)

    await notifications.hears(joining(), sequence=1)

    assert [row["stated_at"] is None for row in (*before, *await notifications.rows(link))] == [
        False,
        True,
    ]


async def lose_everything(notifications: Notifications) -> None:
    """A database made anew."""
    await forget(notifications)
    async with notifications.database.writing() as connection:
        for table in (message, link, job):
            await connection.execute(table.delete())


async def forget(notifications: Notifications) -> None:
    """Lose what others told; messages and links are this service's own."""
    async with notifications.database.writing() as connection:
        for table in (person, calendar, activities, session, enrolment):
            await connection.execute(table.delete())


async def known(notifications: Notifications) -> list[object]:
    """What others told, as it is kept."""
    tables = (person, calendar, activities, session, enrolment)
    return [await notifications.rows(table) for table in tables]
