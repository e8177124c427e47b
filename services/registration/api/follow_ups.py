"""Details of officers with a seat: whether they are there, read, filled in for an officer."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.refusals import NotFound, NotYetKnown
from shared.sealing import SealDoesNotOpen
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing, etag

from ..bodies.follow_ups import FillFollowUp
from ..commands import follow_ups
from ..queries import follow_ups as queries
from ..queries.follow_ups import FollowUpFigures, FollowUpInFull, FollowUpShown
from ..refusals.follow_ups import FollowUpIsClosed, FollowUpIsNotWhole
from ..refusals.seats import AnswerIsTheOfficers

routes = router()


@routes.get("/calls/{call_id}/follow-ups", tags=["follow-up"], responses=documented(NotFound))
async def list_follow_ups(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[FollowUpShown]:
    """Of whom details were asked, and whether they are there; never what they are."""
    return await asked.read(partial(queries.list_follow_ups, call_id=call_id, place=place))


@routes.get(
    "/calls/{call_id}/follow-ups/figures", tags=["follow-up"], responses=documented(NotFound)
)
async def show_figures(asked: AskedBy, call_id: UUID) -> FollowUpFigures:
    """Of how many officers details were asked, and how many are complete."""
    return await asked.read(partial(queries.show_figures, call_id=call_id))


@routes.get(
    "/nominations/{nomination_id}/follow-up",
    tags=["follow-up"],
    responses=documented(NotFound, SealDoesNotOpen),
)
async def show_details(asked: AskedBy, nomination_id: UUID, response: Response) -> FollowUpInFull:
    """What was asked of an officer; with the details for coordinators of the project, and for the
    focal point who fills them in: the audit says who read them. They are deleted six weeks after
    the activity."""
    query = partial(queries.show_details, nomination_id=nomination_id)
    shown = await asked.read(query, on_record=True)
    response.headers["ETag"] = etag(shown.version)
    return shown


@routes.put(
    "/nominations/{nomination_id}/follow-up",
    tags=["follow-up"],
    response_model=FollowUpShown,
    responses=documented(
        NotFound,
        AnswerIsTheOfficers,
        FollowUpIsClosed,
        FollowUpIsNotWhole,
        VersionIsMissing,
        VersionHasMoved,
        NotYetKnown,
    ),
)
async def fill_for_officer(
    asked: AskedBy,
    nomination_id: UUID,
    told: Annotated[FillFollowUp, Depends(JsonBody(FillFollowUp))],
) -> Response:
    """Fill the details in for an officer who is written to through the focal point."""
    act = partial(
        follow_ups.fill_for_officer,
        nomination_id=nomination_id,
        told=told,
        version=asked.expected_version,
    )
    return await asked.perform(
        act,
        audited=Audited("fill-follow-up", f"nomination/{nomination_id}"),
        show=partial(queries.show_follow_up, nomination_id=nomination_id),
    )
