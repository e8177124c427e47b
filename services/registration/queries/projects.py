"""Partners, channels and staff of a project as they are shown."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, Table, select

from shared.context import Work
from shared.rights import Parties, channel, staff_assignment
from shared.web.lists import Listed, Place, listed

from ..loading import Stored, by_id
from ..rights import parties_seen
from ..tables import partner, project


class PartnerShown(BaseModel):
    """A party that takes part in a project."""

    id: UUID
    project_id: UUID
    party: str
    from_on: date
    until_on: date | None
    version: int


class ChannelShown(BaseModel):
    """Who nominates for a party in a project."""

    id: UUID
    project_id: UUID
    party: str
    holder_id: UUID
    deputy_id: UUID | None
    from_on: date
    until_on: date | None
    version: int


class StaffShown(BaseModel):
    """Who works on a project."""

    id: UUID
    project_id: UUID
    person_id: UUID
    role: str
    from_on: date
    until_on: date | None
    version: int


async def show_partner(work: Work, partner_id: UUID) -> PartnerShown:
    """One partnership."""
    return PartnerShown(**await by_id(work, partner, partner_id))


async def show_channel(work: Work, channel_id: UUID) -> ChannelShown:
    """One channel."""
    return ChannelShown(**_versioned(await by_id(work, channel, channel_id)))


async def show_staff(work: Work, assignment_id: UUID) -> StaffShown:
    """One assignment."""
    return StaffShown(**_versioned(await by_id(work, staff_assignment, assignment_id)))


async def list_partners(work: Work, project_id: UUID, place: Place) -> Listed[PartnerShown]:
    """The partners of a project; a focal point sees its own."""
    query = await _of_project(work, partner, project_id)

    def show(row: Any) -> PartnerShown:
        return PartnerShown(**row._mapping)

    return await listed(work.connection, query, place, order=[partner.c.id], show=show)


async def list_channels(work: Work, project_id: UUID, place: Place) -> Listed[ChannelShown]:
    """The channels of a project; a focal point sees its own."""
    query = await _of_project(work, channel, project_id)

    def show(row: Any) -> ChannelShown:
        return ChannelShown(**_versioned(dict(row._mapping)))

    return await listed(work.connection, query, place, order=[channel.c.id], show=show)


async def list_staff(work: Work, project_id: UUID, place: Place) -> Listed[StaffShown]:
    """The staff of a project."""
    await _parties_in_sight(work, project_id)
    query = select(staff_assignment).where(staff_assignment.c.project_id == project_id)

    def show(row: Any) -> StaffShown:
        return StaffShown(**_versioned(dict(row._mapping)))

    return await listed(work.connection, query, place, order=[staff_assignment.c.id], show=show)


async def _of_project(work: Work, table: Table, project_id: UUID) -> Select[Any]:
    seen = await _parties_in_sight(work, project_id)
    query = select(table).where(table.c.project_id == project_id)
    return query if seen is None else query.where(table.c.party.in_(seen))


async def _parties_in_sight(work: Work, project_id: UUID) -> Parties:
    """Raises `NotFound` for a project that nobody told of, or that is not the caller's."""
    await by_id(work, project, project_id)
    return await parties_seen(work, project_id)


def _versioned(row: Stored) -> Stored:
    return {**row, "version": row["sequence"]}
