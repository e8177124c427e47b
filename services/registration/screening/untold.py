"""What a party is not told where nominees are screened: who had a chance of a seat was cleared."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Work

from ..loading import first
from ..rights import is_of_a_party
from ..tables import project_screening


async def is_not_told_who_was_in(work: Work, project_id: UUID) -> bool:
    """Whether the caller must not learn who could be given a seat: of a project whose nominees are
    screened, or ever were, its parties."""
    if not is_of_a_party(work):
        return False
    mine = project_screening.c.project_id == project_id
    return await first(work, select(project_screening.c.project_id).where(mine)) is not None
