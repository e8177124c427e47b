"""What a reader does on the page of a call about returns, changes asked for and other runs."""

from functools import partial
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from shared.context import Act, Audited, Outcome, Work
from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.forms import as_asked

from ..bodies.changes import DecideChange
from ..bodies.outcomes import AnswerOtherRun
from ..commands.changes import decide_change
from ..commands.other_runs import answer_other_run
from ..queries.changes import show_change
from ..queries.other_runs import show_run_offer
from .calls import back, page_of
from .forms import done_or_refused, fields_of

routes = router()
CHANGE, RUN = "/change-requests/{request_id}/page", "/other-runs/{run_offer_id}/page"


@routes.post(CHANGE + "/decision", include_in_schema=False)
async def decide(asked: AskedBy, request: Request, request_id: UUID) -> Response:
    """Accept a change, or refuse it."""
    change = await asked.read(partial(show_change, request_id=request_id))
    fields = await fields_of(request)

    async def act(work: Work) -> Outcome:
        said = {"decision": fields.get("decision"), "reason": fields.get("reason")}
        return await decide_change(work, request_id, as_asked(DecideChange, said))

    audited = Audited("decide-change", f"change-request/{request_id}")
    return await _carry_out(asked, request, change.call_id, act, audited, "decided")


@routes.post(RUN + "/answer", include_in_schema=False)
async def answer(asked: AskedBy, request: Request, run_offer_id: UUID) -> Response:
    """Accept another run, or decline it."""
    offered = await asked.read(partial(show_run_offer, run_offer_id=run_offer_id))
    fields = await fields_of(request)

    async def act(work: Work) -> Outcome:
        given = as_asked(AnswerOtherRun, {"answer": fields.get("answer")})
        return await answer_other_run(work, run_offer_id, given)

    audited = Audited("answer-other-run", f"run-offer/{run_offer_id}")
    return await _carry_out(asked, request, offered.from_call_id, act, audited, "answered")


@routes.get(CHANGE + "/{form}", include_in_schema=False)
async def back_from_change(asked: AskedBy, request: Request, request_id: UUID) -> Response:
    """Who asks again for what a form answered sees the page of the call."""
    change = await asked.read(partial(show_change, request_id=request_id))
    return back(request, change.call_id)


@routes.get(RUN + "/{form}", include_in_schema=False)
async def back_from_run(asked: AskedBy, request: Request, run_offer_id: UUID) -> Response:
    """Who asks again for what a form answered sees the page of the call."""
    offered = await asked.read(partial(show_run_offer, run_offer_id=run_offer_id))
    return back(request, offered.from_call_id)


async def _carry_out(
    asked: Asked, request: Request, call_id: UUID, act: Act, audited: Audited, done: str
) -> Response:
    made = await done_or_refused(asked.perform(act, audited=audited))
    if isinstance(made, Refused):
        return await page_of(asked, request, call_id, made)
    return back(request, call_id, done=done)
