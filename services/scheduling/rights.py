"""Who sees what of an activity: its parties by assignment or channel, names by duty."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import (
    Parties,
    parties_of,
    require_role,
    require_staff,
    staff_assignment,
    staffed_projects,
)

from .loading import found, sessions_of
from .refusals import NotAssigned
from .tables import activity


async def activity_in_sight(work: Work, activity_id: UUID) -> tuple[Row[Any], Parties]:
    """An activity, and the parties whose officers the actor may see in it (None: all of them).

    Raises `NotFound`.
    """
    row = await found(work, activity, activity_id)
    return row, await parties_of(work, row.project_id)


async def require_coordinator_of_any(work: Work) -> None:
    """Raises `NotAllowed` for who does not coordinate, `NotAssigned` for a coordinator whom no
    project has today."""
    await require_role(work, "coordinator")
    if work.actor.role != "admin" and not await staffed_projects(work):
        raise NotAssigned


async def require_keeper(work: Work, row: Row[Any], parent: Row[Any]) -> None:
    """Raises `NotFound` unless the actor coordinates the project or instructs the session."""
    if work.actor.role != "instructor":
        await require_staff(work, parent.project_id, "coordinator")
        return
    await require_staff(work, parent.project_id, "instructor")
    if not await acts_as(work, parent.project_id) & set(map(UUID, row.instructor_ids)):
        raise NotFound


async def acts_as(work: Work, project_id: UUID) -> set[UUID]:
    """The persons under whose assignments to a project the actor signs in."""
    table = staff_assignment
    query = select(table.c.person_id).where(
        table.c.project_id == project_id,
        table.c.login == work.actor.login,
        table.c.role == work.actor.role,
    )
    return {row.person_id for row in await work.connection.execute(query)}


def sees_instructors(work: Work) -> bool:
    """Who leads a session is for everyone but auditors, who see coded data alone."""
    return work.actor.role != "auditor"


async def sees_names(work: Work, of_activity: Row[Any]) -> bool:
    """Names are for coordinators, for a party's own focal point, and for who instructs here."""
    if work.actor.role != "instructor":
        return work.actor.role != "auditor"
    mine = await acts_as(work, of_activity.project_id)
    held = await sessions_of(work, of_activity.id)
    return any(mine & set(map(UUID, row.instructor_ids)) for row in held)
