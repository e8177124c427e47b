"""Projections of projects, activities and calendars: the newest, whatever comes when."""

from services.registration.tables import activity, calendar, project
from shared.tables import event_count
from tests.services.registration.building import Registration
from tests.services.registration.course import the_activity, the_calendars, the_project


async def test_the_newest_stands_whatever_comes_when(registration: Registration) -> None:
    old, new = the_activity(state="planned"), the_activity(state="closed")

    await registration.hears(new, sequence=7)
    await registration.hears(old, sequence=3)
    await registration.hears(new, sequence=7)

    (row,) = await registration.rows(activity)
    counts = await registration.rows(event_count)
    stale = sum(one["events"] for one in counts if one["direction"] == "stale")
    assert (row["state"], row["sequence"]) == ("closed", 7)
    assert stale == 2


async def test_the_same_message_twice_changes_nothing(registration: Registration) -> None:
    events = [the_project(), *the_calendars()]
    bodies = await registration.hears(*events)
    before = [await registration.rows(table) for table in (project, calendar)]

    for event, body in zip(events, bodies, strict=True):
        await registration.receives(event.type, body)

    assert [await registration.rows(table) for table in (project, calendar)] == before
