"""What a coordinator decides about a held seat on the page of its call."""

from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.forms import as_asked

from ..api.held_seats import SeatNumber, award_for, leave_for
from ..bodies.seats import AwardSeat, LeaveSeatUnused
from .calls import back, page_of
from .forms import done_or_refused, fields_of

routes = router()


@routes.post("/calls/{call_id}/page/seats/{seat}", include_in_schema=False)
async def decide(asked: AskedBy, request: Request, call_id: UUID, seat: SeatNumber) -> Response:
    """Give the seat to an officer of the waiting list, or to nobody."""
    done = await done_or_refused(_carry_out(asked, request, call_id, seat))
    if isinstance(done, Refused):
        return await page_of(asked, request, call_id, done)
    return back(request, call_id, done=done)


@routes.get("/calls/{call_id}/page/seats/{seat}", include_in_schema=False)
async def go_back(_asked: AskedBy, request: Request, call_id: UUID) -> RedirectResponse:
    """Who asks again for what the form answered sees the page of the call."""
    return back(request, call_id)


async def _carry_out(asked: Asked, request: Request, call_id: UUID, seat: int) -> str:
    fields = await fields_of(request)
    reason = fields.get("reason", "").strip()
    if fields.get("decision") == "leave":
        await leave_for(asked, call_id, seat, as_asked(LeaveSeatUnused, {"reason": reason}))
        return "unused"
    named = {"nomination_id": fields.get("nomination_id", ""), "reason": reason}
    await award_for(asked, call_id, seat, as_asked(AwardSeat, named))
    return "given"
