"""Outcomes other than a seat: the waiting list is closed, another run is offered."""

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

from ..bodies.outcomes import AnswerOtherRun, CloseWaitingList, OfferOtherRun
from ..commands import other_runs, outcomes
from ..queries.calls import SeatsShown, show_seats
from ..queries.other_runs import RunOfferShown, show_run_offer
from ..queries.other_runs import list_run_offers as read_run_offers
from ..refusals.calls import ActivityIsOver, CallHasEnded, CallIsClosed
from ..refusals.nominations import (
    AlreadyNominated,
    NominationHasMoved,
    OfficerIsNotEligible,
    PriorityIsTaken,
)
from ..refusals.outcomes import (
    AnswerDateIsNotPossible,
    NobodyWaitsSo,
    RunIsOffered,
    RunIsTheSame,
    SelectionIsNotMade,
)
from ..refusals.seats import OfferIsNotLive

routes = router()


@routes.post(
    "/calls/{call_id}/waiting-list/closing",
    tags=["calls"],
    response_model=SeatsShown,
    responses=documented(NotFound, SelectionIsNotMade, NobodyWaitsSo, NotYetKnown),
)
async def close_waiting_list(
    asked: AskedBy,
    call_id: UUID,
    closed: Annotated[CloseWaitingList, Depends(JsonBody(CloseWaitingList))],
) -> Response:
    """Tell all who wait, or some of them, that they are not selected (coordinator).

    The reason is read by the focal points with each nomination, and goes out with the fact.
    """
    return await asked.perform(
        partial(outcomes.close_waiting_list, call_id=call_id, asked=closed),
        audited=Audited("close-waiting-list", f"call/{call_id}"),
        show=partial(show_seats, call_id=call_id),
    )


@routes.get("/calls/{call_id}/other-runs", tags=["calls"], responses=documented(NotFound))
async def list_run_offers(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[RunOfferShown]:
    """The other runs offered to nominees of a call who have no seat."""
    return await asked.read(partial(read_run_offers, call_id=call_id, place=place))


@routes.post(
    "/nominations/{nomination_id}/other-run",
    status_code=201,
    tags=["nominations"],
    response_model=RunOfferShown,
    responses=documented(
        NotFound,
        NominationHasMoved,
        RunIsTheSame,
        RunIsOffered,
        CallHasEnded,
        ActivityIsOver,
        CallIsClosed,
        AlreadyNominated,
        OfficerIsNotEligible,
        AnswerDateIsNotPossible,
        NotYetKnown,
    ),
)
async def offer_other_run(
    asked: AskedBy,
    nomination_id: UUID,
    offered: Annotated[OfferOtherRun, Depends(JsonBody(OfferOtherRun))],
) -> Response:
    """Offer an officer without a seat a nomination for another activity (coordinator)."""
    run_offer_id = new_id()
    act = partial(
        other_runs.offer_other_run,
        nomination_id=nomination_id,
        run_offer_id=run_offer_id,
        asked=offered,
    )
    return await asked.perform(
        act,
        audited=Audited("offer-other-run", f"nomination/{nomination_id}"),
        show=partial(show_run_offer, run_offer_id=run_offer_id),
        status=201,
    )


@routes.post(
    "/other-runs/{run_offer_id}/answer",
    tags=["nominations"],
    response_model=RunOfferShown,
    responses=documented(
        NotFound,
        OfferIsNotLive,
        NominationHasMoved,
        CallHasEnded,
        ActivityIsOver,
        CallIsClosed,
        AlreadyNominated,
        PriorityIsTaken,
        OfficerIsNotEligible,
        NotYetKnown,
    ),
)
async def answer_other_run(
    asked: AskedBy,
    run_offer_id: UUID,
    answered: Annotated[AnswerOtherRun, Depends(JsonBody(AnswerOtherRun))],
) -> Response:
    """Accept another run, which makes a nomination there, or decline it (focal point).

    Where the other call takes officers after its deadline, they come after all who were in time.
    """
    return await asked.perform(
        partial(other_runs.answer_other_run, run_offer_id=run_offer_id, asked=answered),
        audited=Audited(f"{answered.answer}-other-run", f"run-offer/{run_offer_id}"),
        show=partial(show_run_offer, run_offer_id=run_offer_id),
    )
