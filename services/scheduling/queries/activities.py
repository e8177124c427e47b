"""Activities as shown."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.context import Work
from shared.contracts.event import Localized
from shared.refusals import NotFound
from shared.rights import projects_in_sight
from shared.web.lists import Listed, Place, listed

from ..loading import calendar_of, enrolments_of, found
from ..rights import activity_in_sight
from ..tables import activity
from .warnings import Warned, activity_warnings


class ActivitySummary(BaseModel):
    """An activity in a list."""

    id: UUID
    project_id: UUID
    reference: str
    kind: str
    delivery: str
    names: Localized
    visibility: str
    zone: str
    starts_on: date
    ends_on: date
    country: str | None
    city: Localized
    languages: list[str]
    minimum_attendance: int
    state: str
    instructions_issued_at: datetime | None
    version: int


class ActivityShown(ActivitySummary):
    """An activity, with what speaks against its days in the host country."""

    warnings: list[Warned]


class JoiningShown(BaseModel):
    """How many are enrolled, and how many of them were told how to join."""

    enrolled: int
    instructed: int


async def show_activity(work: Work, activity_id: UUID) -> ActivityShown:
    """One activity, as it is after the command that changed it."""
    row = await found(work, activity, activity_id)
    warnings = activity_warnings(row, await calendar_of(work, row.country))
    return ActivityShown.model_validate({**row._mapping, "warnings": warnings})


async def read_activity(work: Work, activity_id: UUID) -> ActivityShown:
    """One activity, for who may see it."""
    await activity_in_sight(work, activity_id)
    return await show_activity(work, activity_id)


async def list_activities(
    work: Work, place: Place, project_id: UUID | None = None
) -> Listed[ActivitySummary]:
    """The activities the reader may see, by reference."""
    in_sight = await projects_in_sight(work)
    query = select(activity)
    if project_id is not None:
        if in_sight is not None and project_id not in in_sight:
            raise NotFound
        query = query.where(activity.c.project_id == project_id)
    elif in_sight is not None:
        query = query.where(activity.c.project_id.in_(in_sight))
    order = [activity.c.reference]
    return await listed(work.connection, query, place, order=order, show=_summary)


async def show_joining(work: Work, activity_id: UUID) -> JoiningShown:
    """How far joining instructions have gone."""
    places = await enrolments_of(work, activity_id, status="enrolled")
    told = sum(place.instructions_issued_at is not None for place in places)
    return JoiningShown(enrolled=len(places), instructed=told)


def _summary(row: Row[Any]) -> ActivitySummary:
    return ActivitySummary.model_validate(dict(row._mapping))
