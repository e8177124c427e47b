"""The waiting list of a call, how its quotas stand, and how each of its seats passed on."""

from functools import partial
from uuid import UUID

from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..queries.quota_standings import QuotasShown, show_standings
from ..queries.seat_history import SeatPassingShown, list_passings
from ..queries.waiting_list import WaitingShown, list_waiting
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


@routes.get("/calls/{call_id}/seats/{seat}/history", tags=["calls"], responses=documented(NotFound))
async def show_seat_history(
    asked: AskedBy, call_id: UUID, seat: SeatNumber, place: Paged
) -> Listed[SeatPassingShown]:
    """Each time the seat passed on: why, who was passed over for which quota, who got it.

    A focal point is shown its own officers only, with their places and reasons.
    """
    return await asked.read(partial(list_passings, call_id=call_id, seat=seat, place=place))
