"""Projects and venues: the frame and the places of activities (coordinator)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy.exc import IntegrityError

from shared.context import Outcome, Work
from shared.database import insert_new, lock_row
from shared.messaging.held import release
from shared.rights import require_role, require_staff
from shared.web.body import Taken
from shared.web.versions import VersionHasMoved

from ..facts import project_described
from ..fields import Code, Country, Day, Party, Texts
from ..loading import found
from ..refusals import ProjectExists
from ..rights import require_coordinator_of_any
from ..tables import project, venue


class DescribeProject(Taken):
    """A funded frame. `issuing_body` is who signs the certificates of its activities."""

    code: Code
    names: Texts
    starts_on: Day
    ends_on: Day
    donors: Annotated[tuple[Party, ...], Field(max_length=50)] = ()
    issuing_body: Texts | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "DescribeProject":
        if self.ends_on < self.starts_on:
            raise ValueError("the project ends before it starts")
        return self


class AddVenue(Taken):
    """A place where sessions are held."""

    names: Texts
    address: Texts | None = None
    city: Texts
    country: Country


async def start_project(work: Work, project_id: UUID, asked: DescribeProject) -> Outcome:
    """A new project, by a coordinator who is assigned to it afterwards."""
    await require_role(work, "coordinator")
    row = {"id": project_id, "version": 1, **asked.model_dump()}
    if not await insert_new(work.connection, project, [row]):
        return ProjectExists()
    return [project_described(await found(work, project, project_id))]


async def describe_project(
    work: Work, project_id: UUID, asked: DescribeProject, version: int
) -> Outcome:
    """Say anew what a project is."""
    await lock_row(work.connection, project, id=project_id)
    row = await found(work, project, project_id)
    await require_staff(work, project_id, "coordinator")
    if row.version != version:
        return VersionHasMoved()
    values = {**asked.model_dump(), "version": version + 1}
    try:
        async with work.connection.begin_nested():
            mine = project.c.id == project_id
            await work.connection.execute(project.update().where(mine).values(values))
    except IntegrityError:
        return ProjectExists()
    if asked.issuing_body:
        now = work.context.clock.machine()
        await release(work.connection, awaits_issuer(project_id), now)
    return [project_described(await found(work, project, project_id))]


def awaits_issuer(project_id: UUID) -> str:
    """What a completion awaits that another system reported before it was said who signs."""
    return f"issuer {project_id}"


async def add_venue(work: Work, venue_id: UUID, asked: AddVenue) -> Outcome:
    """A new place, for the sessions of every project."""
    await require_coordinator_of_any(work)
    row = {"id": venue_id, **asked.model_dump(), "address": asked.address or {}}
    await work.connection.execute(venue.insert().values(row))
    return None
