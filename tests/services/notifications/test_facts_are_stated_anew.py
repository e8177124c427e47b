"""Facts stated anew fill what is known here: reminders to come are planned, nothing is sent."""

from services.notifications.tables import activity as activities
from services.notifications.tables import calendar, enrolment, person, session
from shared.contracts import Event
from shared.contracts.stated import stated_as

from . import facts
from .building import Notifications
from .facts import JORDAN, activity, enrolled, joining, scheduled

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


async def forget(notifications: Notifications) -> None:
    """Lose what others told; messages and links are this service's own."""
    async with notifications.database.writing() as connection:
        for table in (person, calendar, activities, session, enrolment):
            await connection.execute(table.delete())


async def known(notifications: Notifications) -> list[object]:
    """What others told, as it is kept."""
    tables = (person, calendar, activities, session, enrolment)
    return [await notifications.rows(table) for table in tables]
