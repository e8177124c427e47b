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
from shared.web.pages import words_for
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.calls import AmendCall, DecideViability, OpenCall
from ..bodies.nominations import CheckOfficer
from ..commands import (
    amending,
    calls,
    selection,
    viability,
)
from ..queries import calls as queries
from ..queries import eligibility
from ..queries.calls import CallShown, SeatsShown
from ..queries.eligibility import EligibilityShown
from ..refusals.calls import (
    ActivityIsOver,
    AlreadySelected,
    CallExists,
    CallHasEnded,
    CallHasNoMinimum,
    CallIsStillOpen,
    ChannelIsMissing,
    DeadlineIsNotPossible,
    MethodStays,
    PartyIsNotAPartner,
    PartyStaysInvited,
    SelectionPoolHasChanged,
)
from ..refusals.nominations import ReturnsAreOpen
from ..refusals.quotas import QuotasCannotBeMet, QuotasContradict
from ..refusals.selection import SelectionIsMadeInSteps, SelectionTakesTooLong
from ..selecting.methods import at_once

routes = router()
OF_TERMS = (
    *(NotYetKnown, ActivityIsOver, ChannelIsMissing, PartyIsNotAPartner),
    *(DeadlineIsNotPossible, QuotasContradict),
)


@routes.post(
    "/calls",
    status_code=201,
    tags=["calls"],
    response_model=CallShown,
    responses=documented(
        NotFound,
        CallExists,
        *OF_TERMS,
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
        show=partial(queries.show_call, call_id=call_id, say=words_for(asked.request)),
        status=201,
    )


@routes.get("/calls", tags=["calls"])
async def list_calls(asked: AskedBy, place: Paged) -> Listed[CallShown]:
    """The calls the caller may see, their rules in the reader's language."""
    return await asked.read(partial(queries.list_calls, place=place, say=words_for(asked.request)))


@routes.get("/calls/{call_id}", tags=["calls"], responses=documented(NotFound))
async def show_call(asked: AskedBy, call_id: UUID, response: Response) -> CallShown:
    """One call, its rules in the reader's language (Accept-Language, or `lang`)."""
    shown = await asked.read(
        partial(queries.show_call, call_id=call_id, say=words_for(asked.request))
    )
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.put(
    "/calls/{call_id}",
    tags=["calls"],
    response_model=CallShown,
    responses=documented(
        NotFound,
        CallHasEnded,
        AlreadySelected,
        MethodStays,
        PartyStaysInvited,
        VersionIsMissing,
        VersionHasMoved,
        *OF_TERMS,
    ),
)
async def amend_call(
    asked: AskedBy, call_id: UUID, call: Annotated[AmendCall, Depends(JsonBody(AmendCall))]
) -> Response:
    """Extend the deadline, invite further parties, change seats and quotas (coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(amending.amend_call, call_id=call_id, asked=call, version=version),
        audited=Audited("amend-call", f"call/{call_id}"),
        show=partial(queries.show_call, call_id=call_id, say=words_for(asked.request)),
    )


@routes.post(
    "/calls/{call_id}/eligibility", tags=["calls"], responses=documented(NotFound, NotYetKnown)
)
async def check_officer(
    asked: AskedBy,
    call_id: UUID,
    officer: Annotated[CheckOfficer, Depends(JsonBody(CheckOfficer))],
) -> EligibilityShown:
    """Which rules of a call hold for an officer; nobody is nominated, and nothing is kept."""
    return await asked.read(
        partial(
            eligibility.check_officer, call_id=call_id, asked=officer, say=words_for(asked.request)
        )
    )


@routes.post(
    "/calls/{call_id}/viability",
    tags=["calls"],
    response_model=CallShown,
    responses=documented(NotFound, NotYetKnown, CallHasEnded, CallHasNoMinimum, ActivityIsOver),
)
async def decide_viability(
    asked: AskedBy,
    call_id: UUID,
    decided: Annotated[DecideViability, Depends(JsonBody(DecideViability))],
) -> Response:
    """Go or no-go for a call with a minimum of seats; with a no-go it ends (coordinator)."""
    return await asked.perform(
        partial(viability.decide_viability, call_id=call_id, asked=decided),
        audited=Audited(f"decide-{decided.decision.replace('_', '-')}", f"call/{call_id}"),
        show=partial(queries.show_call, call_id=call_id, say=words_for(asked.request)),
    )


@routes.post(
    "/calls/{call_id}/selection",
    tags=["calls"],
    response_model=SeatsShown,
    responses=documented(
        NotFound,
        CallHasEnded,
        CallIsStillOpen,
        AlreadySelected,
        ActivityIsOver,
        SelectionPoolHasChanged,
        QuotasCannotBeMet,
        SelectionIsMadeInSteps,
        SelectionTakesTooLong,
        ReturnsAreOpen,
        NotYetKnown,
    ),
)
async def conclude_selection(
    asked: AskedBy, call_id: UUID, without_returned: bool = False
) -> Response:
    """Select within every quota, after the deadline, and offer the seats (coordinator).

    Returned nominations that may still be put right are left out only if you say so; whichever is
    submitted again later waits behind all who were in time. Where finding the panel would take
    longer than you can wait, ask for a selection run instead.
    """
    return await select_for(asked, call_id, without_returned=without_returned)


async def select_for(asked: Asked, call_id: UUID, *, without_returned: bool = False) -> Response:
    """Find the best panel with no transaction open, then conclude if the pool is still the same."""
    pool = await asked.read(partial(selection.read_pool, call_id=call_id))
    found = await asyncio.to_thread(at_once, pool)
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
