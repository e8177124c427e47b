"""Partners, channels and staff of a project."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotAllowed, NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.people import AssignChannel, AssignStaff, JoinAsPartner
from ..commands import projects
from ..queries import projects as queries
from ..queries.projects import ChannelShown, PartnerShown, StaffShown
from ..refusals.people import (
    AssignmentExists,
    ChannelExists,
    DatesAreTurned,
    DeputyIsTheHolder,
    PartnerExists,
    PartyIsNotRegistered,
    PersonIsNotRegistered,
)

routes = router()
REFUSALS = (NotAllowed, NotYetKnown, DatesAreTurned)
OF_CHANNELS = (
    *REFUSALS,
    ChannelExists,
    PartyIsNotRegistered,
    PersonIsNotRegistered,
    DeputyIsTheHolder,
)
OF_STAFF = (*REFUSALS, AssignmentExists, PersonIsNotRegistered)
CHANGED = (NotFound, VersionIsMissing, VersionHasMoved)


@routes.post(
    "/projects/{project_id}/partners",
    status_code=201,
    tags=["projects"],
    response_model=PartnerShown,
    responses=documented(*REFUSALS, PartyIsNotRegistered, PartnerExists),
)
async def join_as_partner(
    asked: AskedBy,
    project_id: UUID,
    joined: Annotated[JoinAsPartner, Depends(JsonBody(JoinAsPartner))],
) -> Response:
    """A party takes part in a project (admin)."""
    partner_id = new_id()
    return await asked.perform(
        partial(
            projects.join_as_partner, project_id=project_id, partner_id=partner_id, asked=joined
        ),
        audited=Audited("join-as-partner", f"project/{project_id}"),
        show=partial(queries.show_partner, partner_id=partner_id),
        status=201,
    )


@routes.get("/projects/{project_id}/partners", tags=["projects"], responses=documented(NotFound))
async def list_partners(asked: AskedBy, project_id: UUID, place: Paged) -> Listed[PartnerShown]:
    """The parties that take part in a project."""
    return await asked.read(partial(queries.list_partners, project_id=project_id, place=place))


@routes.post(
    "/projects/{project_id}/channels",
    status_code=201,
    tags=["projects"],
    response_model=ChannelShown,
    responses=documented(*OF_CHANNELS),
)
async def assign_channel(
    asked: AskedBy,
    project_id: UUID,
    assigned: Annotated[AssignChannel, Depends(JsonBody(AssignChannel))],
) -> Response:
    """Say who nominates for a party in a project, which has one channel at a time (admin)."""
    channel_id = new_id()
    return await asked.perform(
        partial(
            projects.assign_channel, project_id=project_id, channel_id=channel_id, asked=assigned
        ),
        audited=Audited("assign-channel", f"channel/{channel_id}"),
        show=partial(queries.show_channel, channel_id=channel_id),
        status=201,
    )


@routes.put(
    "/projects/{project_id}/channels/{channel_id}",
    tags=["projects"],
    response_model=ChannelShown,
    responses=documented(*OF_CHANNELS, *CHANGED),
)
async def change_channel(
    asked: AskedBy,
    project_id: UUID,
    channel_id: UUID,
    assigned: Annotated[AssignChannel, Depends(JsonBody(AssignChannel))],
) -> Response:
    """Hand a channel over, or end it (admin)."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            projects.assign_channel,
            project_id=project_id,
            channel_id=channel_id,
            asked=assigned,
            version=version,
        ),
        audited=Audited("change-channel", f"channel/{channel_id}"),
        show=partial(queries.show_channel, channel_id=channel_id),
    )


@routes.get("/projects/{project_id}/channels", tags=["projects"], responses=documented(NotFound))
async def list_channels(asked: AskedBy, project_id: UUID, place: Paged) -> Listed[ChannelShown]:
    """Who nominates for which party in a project."""
    return await asked.read(partial(queries.list_channels, project_id=project_id, place=place))


@routes.post(
    "/projects/{project_id}/staff",
    status_code=201,
    tags=["projects"],
    response_model=StaffShown,
    responses=documented(*OF_STAFF),
)
async def assign_staff(
    asked: AskedBy,
    project_id: UUID,
    assigned: Annotated[AssignStaff, Depends(JsonBody(AssignStaff))],
) -> Response:
    """Say who works on a project, in which role (admin)."""
    assignment_id = new_id()
    return await asked.perform(
        partial(
            projects.assign_staff,
            project_id=project_id,
            assignment_id=assignment_id,
            asked=assigned,
        ),
        audited=Audited("assign-staff", f"assignment/{assignment_id}"),
        show=partial(queries.show_staff, assignment_id=assignment_id),
        status=201,
    )


@routes.put(
    "/projects/{project_id}/staff/{assignment_id}",
    tags=["projects"],
    response_model=StaffShown,
    responses=documented(*OF_STAFF, *CHANGED),
)
async def change_staff(
    asked: AskedBy,
    project_id: UUID,
    assignment_id: UUID,
    assigned: Annotated[AssignStaff, Depends(JsonBody(AssignStaff))],
) -> Response:
    """Change or end an assignment (admin)."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            projects.assign_staff,
            project_id=project_id,
            assignment_id=assignment_id,
            asked=assigned,
            version=version,
        ),
        audited=Audited("change-staff", f"assignment/{assignment_id}"),
        show=partial(queries.show_staff, assignment_id=assignment_id),
    )


@routes.get("/projects/{project_id}/staff", tags=["projects"], responses=documented(NotFound))
async def list_staff(asked: AskedBy, project_id: UUID, place: Paged) -> Listed[StaffShown]:
    """Who works on a project."""
    return await asked.read(partial(queries.list_staff, project_id=project_id, place=place))
