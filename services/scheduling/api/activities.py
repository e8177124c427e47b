"""Activities, who is enrolled in them, and their course from joining to closing."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..commands import activities as commands
from ..commands.activities import ChangeActivity, PlanActivity
from ..commands.closing import close_activity
from ..commands.joining import issue_joining_instructions
from ..queries import activities as queries
from ..queries.activities import ActivityShown, ActivitySummary, JoiningShown
from ..queries.corrections import CorrectionShown, list_corrections
from ..queries.enrolments import EnrolmentShown, list_enrolments
from ..refusals import (
    ActivityExists,
    ActivityIsClosed,
    ActivityIsNotOver,
    AttendanceIsMissing,
    IssuingBodyIsMissing,
    NothingIsPlanned,
    SessionsWouldLieOutside,
)

routes = router()


@routes.post(
    "/projects/{project_id}/activities",
    status_code=201,
    response_model=ActivityShown,
    responses=documented(ActivityExists, NotFound),
)
async def plan_activity(
    asked: AskedBy,
    project_id: UUID,
    activity: Annotated[PlanActivity, Depends(JsonBody(PlanActivity))],
) -> Response:
    """Plan an activity of a project; it is discreet unless said otherwise (coordinator)."""
    activity_id = new_id()
    act = partial(
        commands.plan_activity, project_id=project_id, activity_id=activity_id, asked=activity
    )
    return await asked.perform(
        act,
        audited=Audited("plan-activity", f"activity/{activity_id}"),
        show=partial(queries.show_activity, activity_id=activity_id),
        status=201,
    )


@routes.get("/activities")
async def list_activities(
    asked: AskedBy, place: Paged, project_id: UUID | None = None
) -> Listed[ActivitySummary]:
    """The activities you may see, of one project where it is named."""
    return await asked.read(partial(queries.list_activities, place=place, project_id=project_id))


@routes.get("/activities/{activity_id}", responses=documented(NotFound))
async def read_activity(asked: AskedBy, activity_id: UUID, response: Response) -> ActivityShown:
    """One activity; `warnings` say what speaks against its days in the host country."""
    shown = await asked.read(partial(queries.read_activity, activity_id=activity_id))
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.patch(
    "/activities/{activity_id}",
    response_model=ActivityShown,
    responses=documented(
        ActivityIsClosed, SessionsWouldLieOutside, NotFound, VersionIsMissing, VersionHasMoved
    ),
)
async def change_activity(
    asked: AskedBy,
    activity_id: UUID,
    changes: Annotated[ChangeActivity, Depends(JsonBody(ChangeActivity))],
) -> Response:
    """Change an activity that is still planned (coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(commands.change_activity, activity_id=activity_id, asked=changes, version=version),
        audited=Audited("change-activity", f"activity/{activity_id}"),
        show=partial(queries.show_activity, activity_id=activity_id),
    )


@routes.post(
    "/activities/{activity_id}/joining-instructions",
    status_code=202,
    response_model=JoiningShown,
    responses=documented(ActivityIsClosed, NothingIsPlanned, NotYetKnown, NotFound),
)
async def issue_instructions(asked: AskedBy, activity_id: UUID) -> Response:
    """Tell everyone enrolled how to join; later enrolments are told by themselves (coordinator)."""
    return await asked.perform(
        partial(issue_joining_instructions, activity_id=activity_id),
        audited=Audited("issue-joining-instructions", f"activity/{activity_id}"),
        show=partial(queries.show_joining, activity_id=activity_id),
        status=202,
    )


@routes.get("/activities/{activity_id}/enrolments", responses=documented(NotFound))
async def read_enrolments(
    asked: AskedBy, activity_id: UUID, place: Paged
) -> Listed[EnrolmentShown]:
    """Who takes part: all parties for staff, a focal point's own party for them."""
    return await asked.read(partial(list_enrolments, activity_id=activity_id, place=place))


@routes.post(
    "/activities/{activity_id}/closing",
    response_model=ActivityShown,
    responses=documented(
        ActivityIsClosed,
        ActivityIsNotOver,
        AttendanceIsMissing,
        IssuingBodyIsMissing,
        NothingIsPlanned,
        NotFound,
    ),
)
async def close(asked: AskedBy, activity_id: UUID) -> Response:
    """Settle who completed, after the last session; certificates follow (coordinator)."""
    return await asked.perform(
        partial(close_activity, activity_id=activity_id),
        audited=Audited("close-activity", f"activity/{activity_id}"),
        show=partial(queries.show_activity, activity_id=activity_id),
    )


@routes.get("/activities/{activity_id}/corrections", responses=documented(NotFound))
async def read_corrections(
    asked: AskedBy, activity_id: UUID, place: Paged
) -> Listed[CorrectionShown]:
    """Marks corrected after closing, and why (coordinator, auditor)."""
    return await asked.read(partial(list_corrections, activity_id=activity_id, place=place))
