"""The projects and activities somebody may see, each activity with two figures."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Integer, Row, cast, func, or_, select
from sqlalchemy.sql import ColumnElement

from shared.context import Work
from shared.rights import Parties, projects_in_sight

from ..shown import ProjectShown
from ..tables import activity, enrolment, project


class ActivityListed(BaseModel):
    """An activity in the list: where and when, participations and completions so far."""

    id: UUID
    reference: str
    kind: str
    names: dict[str, str]
    starts_on: date
    ends_on: date
    country: str | None
    city: dict[str, str]
    state: str
    participations: int
    completed: int


class ProjectListed(BaseModel):
    """A project with its activities, the newest first."""

    project: ProjectShown
    activities: list[ActivityListed]


async def list_projects(work: Work) -> list[ProjectListed]:
    """What the actor may see: all of it (admin, auditor), or the projects they take part in."""
    scope = await projects_in_sight(work)
    if scope == {}:
        return []
    query = select(project).order_by(project.c.starts_on.desc(), project.c.code)
    if scope is not None:
        query = query.where(project.c.id.in_(scope))
    projects = (await work.connection.execute(query)).all()
    activities = await _activities(work, scope)
    return [
        ProjectListed(
            project=ProjectShown.model_validate(row, from_attributes=True),
            activities=activities[row.id],
        )
        for row in projects
    ]


Scope = Mapping[UUID, Parties] | None
"""By project the parties whose figures are seen; None: every project."""


async def _activities(work: Work, scope: Scope) -> defaultdict[UUID, list[ActivityListed]]:
    completed = func.coalesce(func.sum(cast(enrolment.c.status == "completed", Integer)), 0)
    mine = (enrolment.c.activity_id == activity.c.id) & (enrolment.c.status != "cancelled")
    if scope is not None:
        mine &= or_(*(_seen(project_id, parties) for project_id, parties in scope.items()))
    query = (
        select(
            activity, func.count(enrolment.c.id).label("participations"), completed.label("done")
        )
        .outerjoin(enrolment, mine)
        .group_by(activity.c.id)
        .order_by(activity.c.starts_on.desc(), activity.c.reference)
    )
    if scope is not None:
        query = query.where(activity.c.project_id.in_(scope))
    found: defaultdict[UUID, list[ActivityListed]] = defaultdict(list)
    for row in await work.connection.execute(query):
        found[row.project_id].append(_listed(row))
    return found


def _seen(project_id: UUID, parties: Parties) -> ColumnElement[bool]:
    here = activity.c.project_id == project_id
    return here if parties is None else here & enrolment.c.party.in_(parties)


def _listed(row: Row[Any]) -> ActivityListed:
    return ActivityListed.model_validate({**row._mapping, "completed": row.done})
