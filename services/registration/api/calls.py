"""Calls, their selection and their seats."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented

from ..bodies.calls import OpenCall
from ..commands import calls, selection
from ..methods import by_merit
from ..queries import calls as queries
from ..queries.calls import CallShown, SeatsShown
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallExists,
    CallIsStillOpen,
    ChannelIsMissing,
    DeadlineIsNotPossible,
    PartyIsNotAPartner,
    SelectionPoolHasChanged,
)
from ..refusals.nominations import ReturnsAreOpen
from ..refusals.quotas import QuotasCannotBeMet, QuotasContradict
from ..refusals.selection import SelectionIsMadeInSteps

routes = router()


@routes.post(
    "/calls",
    status_code=201,
    tags=["calls"],
    response_model=CallShown,
    responses=documented(
        NotYetKnown,
        NotFound,
        ActivityIsOver,
        CallExists,
        ChannelIsMissing,
        PartyIsNotAPartner,
        DeadlineIsNotPossible,
        QuotasContradict,
    ),
)
async def open_call(
    asked: AskedBy, call: Annotated[OpenCall, Depends(JsonBody(OpenCall))]
) -> Response:
    """Open an activity to nominations and invite the focal points (coordinator)."""
    call_id = new_id()
    return await asked.perform(
        partial(calls.open_call, call_id=call_id, asked=call),
        audited=Audited("open-call", f"call/{call_id}"),
        show=partial(queries.show_call, call_id=call_id),
        status=201,
    )


@routes.get("/calls", tags=["calls"])
async def list_calls(asked: AskedBy, place: Paged) -> Listed[CallShown]:
    """The calls the caller may see."""
    return await asked.read(partial(queries.list_calls, place=place))


@routes.get("/calls/{call_id}", tags=["calls"], responses=documented(NotFound))
async def show_call(asked: AskedBy, call_id: UUID, response: Response) -> CallShown:
    """One call."""
    shown = await asked.read(partial(queries.show_call, call_id=call_id))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.post(
    "/calls/{call_id}/selection",
    tags=["calls"],
    response_model=SeatsShown,
    responses=documented(
        NotFound,
        CallIsStillOpen,
        AlreadySelected,
        ActivityIsOver,
        SelectionPoolHasChanged,
        QuotasCannotBeMet,
        SelectionIsMadeInSteps,
        ReturnsAreOpen,
        NotYetKnown,
    ),
)
async def conclude_selection(
    asked: AskedBy, call_id: UUID, without_returned: bool = False
) -> Response:
    """Select within every quota, after the deadline, and offer the seats (coordinator).

    Returned nominations that may still be put right are left out only if you say so; whichever is
    submitted again later waits behind all who were in time.
    """
    return await select_for(asked, call_id, without_returned=without_returned)


async def select_for(asked: Asked, call_id: UUID, *, without_returned: bool = False) -> Response:
    """Find the best panel with no transaction open, then conclude if the pool is still the same."""
    pool = await asked.read(partial(selection.read_pool, call_id=call_id))
    found = await asyncio.to_thread(by_merit, pool)
    return await asked.perform(
        partial(
            selection.select_at_once,
            call_id=call_id,
            pool=pool,
            found=found,
            without_returned=without_returned,
        ),
        audited=Audited("conclude-selection", f"call/{call_id}"),
        show=partial(queries.show_seats, call_id=call_id),
    )


@routes.get("/calls/{call_id}/seats", tags=["calls"], responses=documented(NotFound))
async def show_seats(asked: AskedBy, call_id: UUID) -> SeatsShown:
    """How the seats of a call stand, in numbers."""
    return await asked.read(partial(queries.show_seats, call_id=call_id))
