"""Seats held for a coordinator: which they are, and how they are decided."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response

from shared.context import Audited
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.seats import AwardSeat, LeaveSeatUnused
from ..commands import held_seats
from ..queries import held_seats as queries
from ..queries.held_seats import HeldSeatShown, SeatDecisionShown
from ..queries.ways_out import WaysOutShown, field_with_held_seats, ways_out_shown
from ..refusals.calls import ActivityIsOver
from ..refusals.nominations import NominationHasMoved
from ..refusals.screening import SeatCannotBeOfferedNow
from ..refusals.seats import SeatIsNotHeld
from .wording import in_words_for

routes = router()
SeatNumber = Annotated[int, Path(ge=1, le=10_000)]


@routes.get("/calls/{call_id}/seats/held", tags=["calls"], responses=documented(NotFound))
async def list_held_seats(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[HeldSeatShown]:
    """The seats that nobody on the waiting list may have: a coordinator decides on each."""
    return await asked.read(partial(queries.list_held_seats, call_id=call_id, place=place))


@routes.get("/calls/{call_id}/seats/held/ways-out", tags=["calls"], responses=documented(NotFound))
async def show_ways_out(asked: AskedBy, call_id: UUID) -> WaysOutShown:
    """What would let somebody take a held seat: the smallest changes of quotas, and who it would
    be (coordinator, auditor)."""
    return await ways_out_for(asked, call_id)


@routes.get("/calls/{call_id}/seats/decisions", tags=["calls"], responses=documented(NotFound))
async def list_seat_decisions(
    asked: AskedBy, call_id: UUID, place: Paged
) -> Listed[SeatDecisionShown]:
    """How held seats were decided, and why (coordinator, auditor)."""
    return await asked.read(partial(queries.list_seat_decisions, call_id=call_id, place=place))


@routes.post(
    "/calls/{call_id}/seats/{seat}/award",
    status_code=201,
    tags=["calls"],
    response_model=SeatDecisionShown,
    responses=documented(
        NotFound,
        SeatIsNotHeld,
        NominationHasMoved,
        ActivityIsOver,
        NotYetKnown,
        SeatCannotBeOfferedNow,
    ),
)
async def award_held_seat(
    asked: AskedBy,
    call_id: UUID,
    seat: SeatNumber,
    awarded: Annotated[AwardSeat, Depends(JsonBody(AwardSeat))],
) -> Response:
    """Offer a held seat to an officer of the waiting list though a quota is missed (coordinator).

    The reason is kept with the decision and announced to nobody: write no names in it.
    """
    return await award_for(asked, call_id, seat, awarded)


@routes.post(
    "/calls/{call_id}/seats/{seat}/closing",
    status_code=201,
    tags=["calls"],
    response_model=SeatDecisionShown,
    responses=documented(NotFound, SeatIsNotHeld),
)
async def leave_held_seat_unused(
    asked: AskedBy,
    call_id: UUID,
    seat: SeatNumber,
    left: Annotated[LeaveSeatUnused, Depends(JsonBody(LeaveSeatUnused))],
) -> Response:
    """Leave a held seat unused for good (coordinator)."""
    return await leave_for(asked, call_id, seat, left)


async def award_for(asked: Asked, call_id: UUID, seat: int, awarded: AwardSeat) -> Response:
    """Carry the award out, for whoever asks by API or page."""
    return await asked.perform(
        partial(held_seats.award_held_seat, call_id=call_id, seat=seat, asked=awarded),
        audited=Audited("award-held-seat", f"call/{call_id}/seat/{seat}"),
        show=partial(queries.show_seat_decision, call_id=call_id, seat=seat),
        status=201,
    )


async def leave_for(asked: Asked, call_id: UUID, seat: int, left: LeaveSeatUnused) -> Response:
    """Leave the seat unused, for whoever asks by API or page."""
    return await asked.perform(
        partial(held_seats.leave_held_seat_unused, call_id=call_id, seat=seat, asked=left),
        audited=Audited("leave-held-seat-unused", f"call/{call_id}/seat/{seat}"),
        show=partial(queries.show_seat_decision, call_id=call_id, seat=seat),
        status=201,
    )


async def ways_out_for(asked: Asked, call_id: UUID) -> WaysOutShown:
    """Read who holds and who waits, then look for ways out with no transaction open."""
    field = await asked.read(partial(field_with_held_seats, call_id=call_id))
    say = await in_words_for(asked, call_id)
    return await asyncio.to_thread(ways_out_shown, call_id, field, say)
