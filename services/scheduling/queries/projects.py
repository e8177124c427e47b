"""Projects and venues as shown."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.context import Work
from shared.contracts.event import Localized
from shared.refusals import NotFound
from shared.rights import projects_in_sight, require_role
from shared.web.lists import Listed, Place, listed

from ..loading import found
from ..tables import project, venue


class ProjectShown(BaseModel):
    """A funded frame."""

    id: UUID
    code: str
    names: Localized
    starts_on: date
    ends_on: date
    donors: list[str]
    issuing_body: Localized | None
    version: int


class VenueShown(BaseModel):
    """A place where sessions are held."""

    id: UUID
    names: Localized
    address: Localized
    city: Localized
    country: str


async def show_project(work: Work, project_id: UUID) -> ProjectShown:
    """One project, as it is after the command that changed it."""
    return _project(await found(work, project, project_id))


async def read_project(work: Work, project_id: UUID) -> ProjectShown:
    """One project, for who may see it."""
    in_sight = await projects_in_sight(work)
    if in_sight is not None and project_id not in in_sight:
        raise NotFound
    return await show_project(work, project_id)


async def list_projects(work: Work, place: Place) -> Listed[ProjectShown]:
    """The projects the reader may see, by code."""
    in_sight = await projects_in_sight(work)
    query = select(project)
    if in_sight is not None:
        query = query.where(project.c.id.in_(in_sight))
    return await listed(work.connection, query, place, order=[project.c.code], show=_project)


async def show_venue(work: Work, venue_id: UUID) -> VenueShown:
    """One venue."""
    return _venue(await found(work, venue, venue_id))


async def list_venues(work: Work, place: Place) -> Listed[VenueShown]:
    """All venues (staff)."""
    await require_role(work, "coordinator", "instructor", "auditor")
    return await listed(work.connection, select(venue), place, order=[venue.c.id], show=_venue)


def _project(row: Row[Any]) -> ProjectShown:
    return ProjectShown.model_validate(dict(row._mapping))


def _venue(row: Row[Any]) -> VenueShown:
    return VenueShown.model_validate(dict(row._mapping))
