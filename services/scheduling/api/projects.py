"""Projects and venues."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..commands import projects as commands
from ..commands.projects import AddVenue, DescribeProject
from ..queries import projects as queries
from ..queries.projects import ProjectShown, VenueShown
from ..refusals import NotAssigned, ProjectExists

routes = router()
_Project = Annotated[DescribeProject, Depends(JsonBody(DescribeProject))]
_Venue = Annotated[AddVenue, Depends(JsonBody(AddVenue))]


@routes.post(
    "/projects",
    status_code=201,
    response_model=ProjectShown,
    responses=documented(ProjectExists, NotAllowed),
)
async def start_project(asked: AskedBy, project: _Project) -> Response:
    """Start a project; name in `issuing_body` who issues its certificates (coordinator)."""
    project_id = new_id()
    return await asked.perform(
        partial(commands.start_project, project_id=project_id, asked=project),
        audited=Audited("start-project", f"project/{project_id}"),
        show=partial(queries.show_project, project_id=project_id),
        status=201,
    )


@routes.get("/projects")
async def list_projects(asked: AskedBy, place: Paged) -> Listed[ProjectShown]:
    """The projects you work on, or hold a channel in."""
    return await asked.read(partial(queries.list_projects, place=place))


@routes.get("/projects/{project_id}", responses=documented(NotFound))
async def read_project(asked: AskedBy, project_id: UUID, response: Response) -> ProjectShown:
    """One project."""
    shown = await asked.read(partial(queries.read_project, project_id=project_id))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/projects/{project_id}",
    response_model=ProjectShown,
    responses=documented(ProjectExists, NotFound, VersionIsMissing, VersionHasMoved),
)
async def describe_project(asked: AskedBy, project_id: UUID, project: _Project) -> Response:
    """Say anew what a project is (its coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(commands.describe_project, project_id=project_id, asked=project, version=version),
        audited=Audited("describe-project", f"project/{project_id}"),
        show=partial(queries.show_project, project_id=project_id),
    )


@routes.post(
    "/venues",
    status_code=201,
    response_model=VenueShown,
    responses=documented(NotAllowed, NotAssigned),
)
async def add_venue(asked: AskedBy, venue: _Venue) -> Response:
    """Add a venue (coordinator of any project)."""
    venue_id = new_id()
    return await asked.perform(
        partial(commands.add_venue, venue_id=venue_id, asked=venue),
        audited=Audited("add-venue", f"venue/{venue_id}"),
        show=partial(queries.show_venue, venue_id=venue_id),
        status=201,
    )


@routes.get("/venues", responses=documented(NotAllowed))
async def list_venues(asked: AskedBy, place: Paged) -> Listed[VenueShown]:
    """All venues (staff)."""
    return await asked.read(partial(queries.list_venues, place=place))
