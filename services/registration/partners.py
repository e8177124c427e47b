"""The parties that take part in a project, on the story's date."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.rights import holds_today

from .tables import partner


async def partners_today(work: Work, project_id: UUID) -> frozenset[str]:
    """The codes of a project's partners."""
    mine = (partner.c.project_id == project_id) & holds_today(work, partner)
    query = select(partner.c.party).where(mine)
    return frozenset(row.party for row in await work.connection.execute(query))
