"""The waiting list of a call, how its quotas stand, and how each of its seats passed on."""

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

from ..bodies.seats import RelaxQuotas
from ..commands import relaxing
from ..queries.quota_standings import QuotasShown, show_standings
from ..queries.seat_history import SeatPassingShown, list_passings
from ..queries.waiting_list import WaitingShown, list_waiting
from ..queries.ways_out import RelaxationKept, list_relaxations
from ..refusals.calls import ActivityIsOver
from ..refusals.seats import QuotaIsNotRelaxed, SeatIsNotHeld
from .held_seats import SeatNumber

routes = router()


@routes.get("/calls/{call_id}/waiting-list", tags=["calls"], responses=documented(NotFound))
async def show_waiting_list(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[WaitingShown]:
    """Who waits, in order, and what blocks each for the next free seat; a focal point sees its own.

    One list per call: in time before late, then the board's score, the country's rank, the lot.
    """
    return await asked.read(partial(list_waiting, call_id=call_id, place=place))


@routes.get("/calls/{call_id}/quotas", tags=["calls"], responses=documented(NotFound))
async def show_quotas(asked: AskedBy, call_id: UUID) -> QuotasShown:
    """Each quota of a call, with how many nominees and how many with a seat count towards it; to a
    focal point those of its party."""
    return await asked.read(partial(show_standings, call_id=call_id))


@routes.post(
    "/calls/{call_id}/quotas/relaxation",
    tags=["calls"],
    response_model=QuotasShown,
    responses=documented(NotFound, SeatIsNotHeld, ActivityIsOver, QuotaIsNotRelaxed, NotYetKnown),
)
async def relax_quotas(
    asked: AskedBy,
    call_id: UUID,
    relaxed: Annotated[RelaxQuotas, Depends(JsonBody(RelaxQuotas))],
) -> Response:
    """Give up bounds of quotas, as a way out says, so that a held seat may be taken (coordinator).

    The reason is kept with the change and announced to nobody: write no names in it.
    """
    return await asked.perform(
        partial(relaxing.relax_quotas, call_id=call_id, asked=relaxed),
        audited=Audited("relax-quotas", f"call/{call_id}"),
        show=partial(show_standings, call_id=call_id),
    )


@routes.get("/calls/{call_id}/quotas/relaxations", tags=["calls"], responses=documented(NotFound))
async def list_quota_relaxations(
    asked: AskedBy, call_id: UUID, place: Paged
) -> Listed[RelaxationKept]:
    """Which bounds were given up, and why (coordinator, auditor)."""
    return await asked.read(partial(list_relaxations, call_id=call_id, place=place))


@routes.get("/calls/{call_id}/seats/{seat}/history", tags=["calls"], responses=documented(NotFound))
async def show_seat_history(
    asked: AskedBy, call_id: UUID, seat: SeatNumber, place: Paged
) -> Listed[SeatPassingShown]:
    """Each time the seat passed on: why, who was passed over for which quota, who got it.

    A focal point is shown its own officers only, with their places and reasons.
    """
    return await asked.read(partial(list_passings, call_id=call_id, seat=seat, place=place))
