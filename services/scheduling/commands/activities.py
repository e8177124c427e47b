"""Activities: what people take part in, planned by the coordinators of a project."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts.event import Visibility
from shared.database import insert_new, lock_row, take_turns
from shared.messaging.held import awaits_name, release
from shared.rights import require_staff
from shared.web.body import Taken
from shared.web.versions import VersionHasMoved

from ..calendars import have_calendar
from ..facts import activity_described
from ..fields import (
    LONGEST_ACTIVITY_DAYS,
    Code,
    Country,
    Day,
    Delivery,
    Kind,
    LanguageTag,
    Percent,
    Texts,
    Zone,
)
from ..loading import found, sessions_of
from ..refusals import ActivityExists, ActivityIsClosed, SessionsWouldLieOutside
from ..tables import activity, project

Languages = Annotated[tuple[LanguageTag, ...], Field(max_length=10)]


class PlanActivity(Taken):
    """An activity of a project. `minimum_attendance` is per cent of the sessions held."""

    reference: Code
    kind: Kind
    delivery: Delivery
    names: Texts
    visibility: Visibility = "discreet"
    zone: Zone
    starts_on: Day
    ends_on: Day
    country: Country | None = None
    city: Texts | None = None
    languages: Languages = ()
    minimum_attendance: Percent

    @model_validator(mode="after")
    def lasts_a_while(self) -> "PlanActivity":
        if not 0 <= (self.ends_on - self.starts_on).days <= LONGEST_ACTIVITY_DAYS:
            raise ValueError("an activity ends after it starts, within four years")
        return self


class ChangeActivity(Taken):
    """What is to be different; what is left out stays."""

    names: Texts | None = None
    delivery: Delivery | None = None
    visibility: Visibility | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    country: Country | None = None
    city: Texts | None = None
    languages: Languages | None = None
    minimum_attendance: Percent | None = None


async def plan_activity(
    work: Work, project_id: UUID, activity_id: UUID, asked: PlanActivity
) -> Outcome:
    """A new activity; its host country's calendar comes with it."""
    await found(work, project, project_id)
    await require_staff(work, project_id, "coordinator")
    row = {
        **asked.model_dump(),
        "id": activity_id,
        "project_id": project_id,
        "city": asked.city or {},
        "state": "planned",
        "instructions_issued_at": None,
        "version": 1,
    }
    await wait_for_one_called(work, asked.reference)
    if not await insert_new(work.connection, activity, [row]):
        return ActivityExists()
    now = work.context.clock.machine()
    await release(work.connection, awaits_name("activity", asked.reference), now)
    calendars = await have_calendar(work, asked.country, asked.starts_on, asked.ends_on)
    return [*calendars, activity_described(await found(work, activity, activity_id))]


async def activity_called(work: Work, reference: str) -> UUID | None:
    """The activity of a reference of ours."""
    query = select(activity.c.id).where(activity.c.reference == reference)
    ours: UUID | None = (await work.connection.execute(query)).scalar_one_or_none()
    return ours


async def wait_for_one_called(work: Work, reference: str) -> None:
    """From here on none of this reference is planned beside: who holds an event for want of it, and
    who plans it and releases what is held, see each other."""
    await take_turns(work.connection, f"activity {reference}")


async def change_activity(
    work: Work, activity_id: UUID, asked: ChangeActivity, version: int
) -> Outcome:
    """Change an activity that is still planned."""
    await lock_row(work.connection, activity, id=activity_id)
    row = await found(work, activity, activity_id)
    await require_staff(work, row.project_id, "coordinator")
    if row.version != version:
        return VersionHasMoved()
    if row.state != "planned":
        return ActivityIsClosed()
    changes = asked.model_dump(exclude_none=True)
    first = changes.get("starts_on", row.starts_on)
    last = changes.get("ends_on", row.ends_on)
    if not await _holds_its_sessions(work, activity_id, first, last):
        return SessionsWouldLieOutside()
    values = {**changes, "version": version + 1}
    mine = activity.c.id == activity_id
    await work.connection.execute(activity.update().where(mine).values(values))
    calendars = await have_calendar(work, changes.get("country", row.country), first, last)
    return [*calendars, activity_described(await found(work, activity, activity_id))]


async def _holds_its_sessions(work: Work, activity_id: UUID, first: date, last: date) -> bool:
    if not 0 <= (last - first).days <= LONGEST_ACTIVITY_DAYS:
        return False
    held = await sessions_of(work, activity_id, cancelled=False)
    moment = timedelta(microseconds=1)
    days = [(row.starts_local.date(), (row.ends_local - moment).date()) for row in held]
    return all(first <= starts and ends <= last for starts, ends in days)
