"""What a focal point does with one nomination on the page of its call."""

from functools import partial
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from shared.context import Act, Audited, Outcome, Work
from shared.ids import new_id
from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.forms import as_asked

from ..bodies.changes import AskForChange
from ..bodies.nominations import ReplaceNominee
from ..bodies.seats import AnswerOffer
from ..commands.answers import answer_for_officer
from ..commands.changes import ask_for_change
from ..commands.replacements import replace_nominee
from ..commands.returns import resubmit_nomination
from ..commands.seats import withdraw_nomination
from ..queries.nominations import show_nomination
from .calls import back, page_of
from .forms import declaration_of, done_or_refused, fields_of, officer_of, priority_of

routes = router()


@routes.post("/nominations/{nomination_id}/page/withdrawal", include_in_schema=False)
async def withdraw(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Take a nomination back."""
    act = partial(withdraw_nomination, nomination_id=nomination_id)
    return await _carry_out(asked, request, nomination_id, act, "withdraw-nomination", "withdrawn")


@routes.post("/nominations/{nomination_id}/page/change-request", include_in_schema=False)
async def ask_to_withdraw(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Ask a coordinator to take a seat back, once the day to give it back freely has passed."""
    fields = await fields_of(request)

    async def act(work: Work) -> Outcome:
        document = {"change": "withdrawal", "reason": fields.get("reason", "")}
        wanted = as_asked(AskForChange, document)
        return await ask_for_change(work, nomination_id, new_id(), wanted)

    return await _carry_out(asked, request, nomination_id, act, "ask-for-change", "asked")


@routes.post("/nominations/{nomination_id}/page/answer", include_in_schema=False)
async def answer(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Answer an offer for an officer."""
    given = as_asked(AnswerOffer, {"answer": (await fields_of(request)).get("answer")}).answer
    act = partial(answer_for_officer, nomination_id=nomination_id, answer=given)
    return await _carry_out(asked, request, nomination_id, act, f"{given}-offer", "answered")


@routes.post("/nominations/{nomination_id}/page/replacement", include_in_schema=False)
async def replace(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Give the seat to another officer of the party."""
    fields = await fields_of(request)

    async def act(work: Work) -> Outcome:
        document = {
            "officer": officer_of(fields),
            "priority": priority_of(fields),
            "declaration": declaration_of(fields),
        }
        return await replace_nominee(work, nomination_id, as_asked(ReplaceNominee, document))

    return await _carry_out(asked, request, nomination_id, act, "replace-nominee", "replaced")


@routes.post("/nominations/{nomination_id}/page/resubmission", include_in_schema=False)
async def resubmit(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Submit a returned nomination again."""
    act = partial(resubmit_nomination, nomination_id=nomination_id)
    action = "resubmit-nomination"
    return await _carry_out(asked, request, nomination_id, act, action, "resubmitted")


@routes.get("/nominations/{nomination_id}/page/{form}", include_in_schema=False)
async def go_back(asked: AskedBy, request: Request, nomination_id: UUID) -> Response:
    """Who asks again for what a form answered sees the page of the call."""
    nominated = await asked.read(partial(show_nomination, nomination_id=nomination_id))
    return back(request, nominated.call_id)


async def _carry_out(
    asked: Asked, request: Request, nomination_id: UUID, act: Act, action: str, done: str
) -> Response:
    nominated = await asked.read(partial(show_nomination, nomination_id=nomination_id))
    made = await done_or_refused(
        asked.perform(act, audited=Audited(action, f"nomination/{nomination_id}"))
    )
    if isinstance(made, Refused):
        return await page_of(asked, request, nominated.call_id, made)
    return back(request, nominated.call_id, done=done)
