"""The calls a reader may see, and the page of one: quotas, nominees, selection, seats."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from shared.context import Audited
from shared.contracts.event import LANGUAGES
from shared.ids import new_id
from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.forms import as_asked
from shared.web.pages import show

from ..api.calls import select_for
from ..api.held_seats import ways_out_for
from ..api.nominations import take_roster
from ..bodies.nominations import NominateOfficer
from ..commands.nominations import nominate_officer
from ..queries.call_page import show_call_page
from ..queries.overview import list_calls_with_activities
from ..refusals.nominations import RosterIsNotValid
from .forms import (
    declaration_of,
    done_or_refused,
    faults_by_field,
    fields_of,
    officer_of,
    priority_of,
    roster_in,
)

routes = router()


@routes.get("/", include_in_schema=False)
async def show_overview(asked: AskedBy, request: Request) -> HTMLResponse:
    """The calls the reader may see."""
    calls = await asked.read(list_calls_with_activities)
    return show(request, "calls.html", calls=calls, here=here(request))


@routes.get("/calls/{call_id}/page", include_in_schema=False)
async def show_page(asked: AskedBy, request: Request, call_id: UUID) -> HTMLResponse:
    """The page of one call."""
    return await page_of(asked, request, call_id)


@routes.post("/calls/{call_id}/page/selection", include_in_schema=False)
async def select_panel(asked: AskedBy, request: Request, call_id: UUID) -> Response:
    """Have the selection made."""
    done = await done_or_refused(select_for(asked, call_id))
    if isinstance(done, Refused):
        return await page_of(asked, request, call_id, done)
    return back(request, call_id, done="selected")


@routes.post("/calls/{call_id}/page/roster", include_in_schema=False)
async def upload_roster(asked: AskedBy, request: Request, call_id: UUID) -> Response:
    """Nominate the officers of a file."""
    party, content = await roster_in(request)
    done = await done_or_refused(take_roster(asked, call_id, party, content))
    if isinstance(done, RosterIsNotValid):
        return await page_of(asked, request, call_id, roster=done)
    if isinstance(done, Refused):
        return await page_of(asked, request, call_id, done)
    return back(request, call_id, done="uploaded")


@routes.post("/calls/{call_id}/page/nomination", include_in_schema=False)
async def nominate(asked: AskedBy, request: Request, call_id: UUID) -> Response:
    """Nominate one officer."""
    fields = await fields_of(request)
    done = await done_or_refused(_nominate(asked, call_id, fields))
    if isinstance(done, Refused):
        return await page_of(asked, request, call_id, done, fields=fields)
    return back(request, call_id, done="nominated")


@routes.get("/calls/{call_id}/page/{form}", include_in_schema=False)
async def go_back(_asked: AskedBy, request: Request, call_id: UUID) -> RedirectResponse:
    """Who asks again for what a form answered, as to read it in another language, sees the page."""
    return back(request, call_id)


async def _nominate(asked: Asked, call_id: UUID, fields: dict[str, str]) -> None:
    nomination_id = new_id()
    body = as_asked(
        NominateOfficer,
        {
            "party": fields.get("party", ""),
            "officer": officer_of(fields),
            "priority": priority_of(fields),
            "declaration": declaration_of(fields),
        },
    )
    await asked.perform(
        partial(nominate_officer, call_id=call_id, nomination_id=nomination_id, asked=body),
        audited=Audited("nominate-officer", f"nomination/{nomination_id}"),
    )


async def page_of(
    asked: Asked,
    request: Request,
    call_id: UUID,
    refusal: Refused | None = None,
    *,
    roster: RosterIsNotValid | None = None,
    fields: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The page of a call, with what was refused, if something was."""
    after = request.query_params.get("after") or None
    page = await asked.read(partial(show_call_page, call_id=call_id, after=after))
    may_decide = page.held.seats and page.runs and not page.begun
    looks = may_decide and (page.held.are_found_quickly or "ways-out" in request.query_params)
    refused = refusal or roster
    values: dict[str, Any] = {
        "page": page,
        "ways_out": (await ways_out_for(asked, call_id)).ways_out if looks else (),
        "looks_on_demand": may_decide and not looks,
        "refusal": refusal,
        "roster": roster,
        "fields": fields or {},
        "faults": faults_by_field(refusal) if fields else {},
        "done": request.query_params.get("done", "") if refused is None else "",
        "here": here(request),
        "at": f"?{urlencode({'after': after})}" if after else "",
    }
    return show(request, "call.html", status=refused.status if refused else 200, **values)


def back(request: Request, call_id: UUID, *, done: str = "") -> RedirectResponse:
    """To the page of the call, where the reader was, which says what was done."""
    language = request.query_params.get("lang", "")
    told = {
        "after": request.query_params.get("after", ""),
        "done": done,
        "lang": language if language in LANGUAGES else "",
    }
    query = urlencode({name: value for name, value in told.items() if value})
    return RedirectResponse(f"{here(request)}/calls/{call_id}/page?{query}".rstrip("?"), 303)


def here(request: Request) -> str:
    """The path under which the service is reached."""
    return str(request.scope.get("root_path", ""))
