"""Nominations given back to be put right, submitted again, or found not to fit."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.nominations import FindIneligible, ReturnNomination
from ..commands import returns
from ..queries.nominations import NominationShown, show_nomination
from ..queries.returns import ReturnShown
from ..queries.returns import list_returns as read_returns
from ..refusals.calls import AlreadySelected
from ..refusals.nominations import (
    NominationHasMoved,
    ReturnDateIsNotPossible,
    RuleIsNotKnown,
    TimeToCorrectHasPassed,
)

routes = router()


@routes.get("/calls/{call_id}/returns", tags=["nominations"], responses=documented(NotFound))
async def list_returns(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[ReturnShown]:
    """Which nominations were given back, why, and what became of that."""
    return await asked.read(partial(read_returns, call_id=call_id, place=place))


@routes.post(
    "/nominations/{nomination_id}/return",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(
        NotFound, AlreadySelected, NominationHasMoved, ReturnDateIsNotPossible, NotYetKnown
    ),
)
async def return_nomination(
    asked: AskedBy,
    nomination_id: UUID,
    returned: Annotated[ReturnNomination, Depends(JsonBody(ReturnNomination))],
) -> Response:
    """Give a nomination back to be put right until a day (coordinator).

    The focal points are told; until it is submitted again it is not in the pool.
    """
    return await asked.perform(
        partial(returns.return_nomination, nomination_id=nomination_id, asked=returned),
        audited=Audited("return-nomination", f"nomination/{nomination_id}"),
        show=partial(show_nomination, nomination_id=nomination_id),
    )


@routes.post(
    "/nominations/{nomination_id}/resubmission",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(NotFound, NominationHasMoved, TimeToCorrectHasPassed, NotYetKnown),
)
async def resubmit_nomination(asked: AskedBy, nomination_id: UUID) -> Response:
    """Submit a returned nomination again, after the deadline too; it keeps its standing."""
    return await asked.perform(
        partial(returns.resubmit_nomination, nomination_id=nomination_id),
        audited=Audited("resubmit-nomination", f"nomination/{nomination_id}"),
        show=partial(show_nomination, nomination_id=nomination_id),
    )


@routes.post(
    "/nominations/{nomination_id}/ineligibility",
    tags=["nominations"],
    response_model=NominationShown,
    responses=documented(
        NotFound, AlreadySelected, NominationHasMoved, RuleIsNotKnown, NotYetKnown
    ),
)
async def declare_ineligible(
    asked: AskedBy,
    nomination_id: UUID,
    found: Annotated[FindIneligible, Depends(JsonBody(FindIneligible))],
) -> Response:
    """Find that a nomination does not fit the call, by a named rule (coordinator)."""
    return await asked.perform(
        partial(returns.declare_ineligible, nomination_id=nomination_id, asked=found),
        audited=Audited("declare-ineligible", f"nomination/{nomination_id}"),
        show=partial(show_nomination, nomination_id=nomination_id),
    )
