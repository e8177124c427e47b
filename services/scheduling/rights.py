"""Who sees what of an activity: its parties by assignment or channel, names by duty."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work
from shared.rights import Parties, parties_of

from .commands.attendance import acts_as
from .loading import found, sessions_of
from .tables import activity


async def activity_in_sight(work: Work, activity_id: UUID) -> tuple[Row[Any], Parties]:
    """An activity, and the parties whose officers the actor may see in it (None: all of them).

    Raises `NotFound`.
    """
    row = await found(work, activity, activity_id)
    return row, await parties_of(work, row.project_id)


async def sees_names(work: Work, of_activity: Row[Any]) -> bool:
    """Names are for coordinators, for a party's own focal point, and for who instructs here."""
    if work.actor.role != "instructor":
        return work.actor.role != "auditor"
    mine = await acts_as(work, of_activity.project_id)
    held = await sessions_of(work, of_activity.id)
    return any(mine & set(map(UUID, row.instructor_ids)) for row in held)
