"""Changes of nominations once the list is frozen: asked for, decided, taken back."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.changes import AskForChange, DecideChange
from ..commands import changes
from ..queries import changes as queries
from ..queries.changes import ChangeInFull, ChangeShown
from ..refusals.calls import ActivityIsOver, AlreadySelected
from ..refusals.changes import ChangeIsAskedAlready, ChangeIsDecided, ChangeNeedsNoRequest
from ..refusals.nominations import (
    AlreadyNominated,
    CorrectionNamesAnother,
    NominationHasMoved,
    OfficerIsNotEligible,
    PriorityIsTaken,
)
from ..refusals.people import PhoneIsNotValid
from ..refusals.quotas import SeatWouldBreakQuota
from ..refusals.screening import SeatCannotBeOfferedNow

routes = router()
ONE = "/change-requests/{request_id}"


@routes.get("/calls/{call_id}/change-requests", tags=["changes"], responses=documented(NotFound))
async def list_changes(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[ChangeInFull]:
    """The changes asked for in a call; auditors read coded data only."""
    return await asked.read(partial(queries.list_changes, call_id=call_id, place=place))


@routes.get(ONE, tags=["changes"], responses=documented(NotFound))
async def show_change(asked: AskedBy, request_id: UUID) -> ChangeInFull:
    """One change that was asked for."""
    return await asked.read(partial(queries.show_change_in_full, request_id=request_id))


@routes.post(
    "/nominations/{nomination_id}/change-requests",
    status_code=201,
    tags=["changes"],
    response_model=ChangeShown,
    responses=documented(
        NotFound,
        ActivityIsOver,
        AlreadySelected,
        NominationHasMoved,
        ChangeNeedsNoRequest,
        ChangeIsAskedAlready,
        NotYetKnown,
    ),
)
async def ask_for_change(
    asked: AskedBy,
    nomination_id: UUID,
    change: Annotated[AskForChange, Depends(JsonBody(AskForChange))],
) -> Response:
    """Ask for a change after the deadline, or for a seat after the cut-off (focal point).

    The coordinators are told; nothing changes until one of them accepts.
    """
    request_id = new_id()
    act = partial(
        changes.ask_for_change, nomination_id=nomination_id, request_id=request_id, asked=change
    )
    return await asked.perform(
        act,
        audited=Audited("ask-for-change", f"nomination/{nomination_id}"),
        show=partial(queries.show_change, request_id=request_id),
        status=201,
    )


@routes.post(
    ONE + "/decision",
    tags=["changes"],
    response_model=ChangeShown,
    responses=documented(
        NotFound,
        ChangeIsDecided,
        NominationHasMoved,
        CorrectionNamesAnother,
        AlreadyNominated,
        PriorityIsTaken,
        OfficerIsNotEligible,
        PhoneIsNotValid,
        SeatWouldBreakQuota,
        SeatCannotBeOfferedNow,
        NotYetKnown,
    ),
)
async def decide_change(
    asked: AskedBy,
    request_id: UUID,
    decided: Annotated[DecideChange, Depends(JsonBody(DecideChange))],
) -> Response:
    """Carry a change out, or refuse it with a reason (coordinator); the focal points are told.

    What the rules do not allow any more stays asked for: refuse it, or wait.
    """
    return await asked.perform(
        partial(changes.decide_change, request_id=request_id, asked=decided),
        audited=Audited(f"{decided.decision}-change", f"change-request/{request_id}"),
        show=partial(queries.show_change, request_id=request_id),
    )


@routes.post(
    ONE + "/taking-back",
    tags=["changes"],
    response_model=ChangeShown,
    responses=documented(NotFound, ChangeIsDecided),
)
async def take_change_back(asked: AskedBy, request_id: UUID) -> Response:
    """Ask for it no longer (focal point)."""
    return await asked.perform(
        partial(changes.take_change_back, request_id=request_id),
        audited=Audited("take-change-back", f"change-request/{request_id}"),
        show=partial(queries.show_change, request_id=request_id),
    )
