"""The figures of participation over HTTP, as JSON."""

from functools import partial
from uuid import UUID

from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.problems import documented

from ..queries.participation import of_activity, of_project
from ..shown import Participation

routes = router()


@routes.get(
    "/activities/{activity_id}/participation",
    tags=["participation"],
    responses=documented(NotFound),
)
async def activity_participation(asked: AskedBy, activity_id: UUID) -> Participation:
    """Who took part in an activity, in figures (coordinator, auditor; own party: focal point)."""
    return await asked.read(partial(of_activity, activity_id=activity_id))


@routes.get(
    "/projects/{project_id}/participation",
    tags=["participation"],
    responses=documented(NotFound),
)
async def project_participation(asked: AskedBy, project_id: UUID) -> Participation:
    """Who took part in all activities of a project, in figures; unique officers count once."""
    return await asked.read(partial(of_project, project_id=project_id))
