"""Who coordinates a project, on the story's date; a decision is asked of each of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.rights import holds_today, staff_assignment


async def coordinators_of(work: Work, project_id: UUID) -> Sequence[UUID]:
    """The persons, each once; nobody who was erased."""
    theirs = (staff_assignment.c.project_id == project_id) & (
        staff_assignment.c.role == "coordinator"
    )
    query = select(staff_assignment.c.person_id).where(theirs, holds_today(work, staff_assignment))
    found = sorted(set((await work.connection.execute(query)).scalars()))
    erased = await work.erased(*found)
    return [one for one in found if one not in erased]
