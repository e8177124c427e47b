"""The page on which a reviewer scores the nominations of a call, apart from the others."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from shared.context import Audited
from shared.contracts.event import LANGUAGES
from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.forms import as_asked
from shared.web.pages import show

from ..bodies.boards import DeclareConflict, GiveScores
from ..commands import reviews
from ..queries.review_page import show_review_page
from .calls import here
from .forms import done_or_refused, fields_of

routes = router()
DONE = ("scored", "handed-in")


@routes.get("/calls/{call_id}/board/page", include_in_schema=False)
async def show_page(asked: AskedBy, request: Request, call_id: UUID) -> HTMLResponse:
    """What the reviewer is to judge."""
    return await _page(asked, request, call_id)


@routes.post("/calls/{call_id}/board/page/scores", include_in_schema=False)
async def give_scores(asked: AskedBy, request: Request, call_id: UUID) -> Response:
    """Declare the conflicts of interest in the form, then keep the scores in it."""
    fields = await fields_of(request)
    done = await done_or_refused(_keep(asked, call_id, _conflicts(fields), _scores(fields)))
    if isinstance(done, Refused):
        return await _page(asked, request, call_id, done)
    return _back(request, call_id, "scored")


@routes.post("/calls/{call_id}/board/page/submission", include_in_schema=False)
async def hand_in(asked: AskedBy, request: Request, call_id: UUID) -> Response:
    """Hand everything in."""
    await fields_of(request)
    audited = Audited("hand-in-scores", f"call/{call_id}/board")
    handing_in = asked.perform(partial(reviews.hand_in, call_id=call_id), audited=audited)
    done = await done_or_refused(handing_in)
    if isinstance(done, Refused):
        return await _page(asked, request, call_id, done)
    return _back(request, call_id, "handed-in")


@routes.get("/calls/{call_id}/board/page/{form}", include_in_schema=False)
async def go_back(_asked: AskedBy, request: Request, call_id: UUID) -> RedirectResponse:
    """Who asks again for what a form answered sees the page."""
    return _back(request, call_id)


async def _keep(
    asked: Asked, call_id: UUID, conflicts: Mapping[str, str], scores: Mapping[str, Any]
) -> None:
    for nomination_id, grounds in conflicts.items():
        document = {"nomination_id": nomination_id, "grounds": grounds}
        declared = as_asked(DeclareConflict, document)
        await asked.perform(
            partial(reviews.declare_conflict, call_id=call_id, asked=declared),
            audited=Audited("declare-conflict", f"call/{call_id}/board"),
        )
    given = [
        {"nomination_id": one, "scores": by_criterion}
        for one, by_criterion in scores.items()
        if one not in conflicts
    ]
    if given:
        await asked.perform(
            partial(
                reviews.give_scores,
                call_id=call_id,
                asked=as_asked(GiveScores, {"nominations": given}),
            ),
            audited=Audited("give-scores", f"call/{call_id}/board"),
        )


async def _page(
    asked: Asked, request: Request, call_id: UUID, refusal: Refused | None = None
) -> HTMLResponse:
    written = request.query_params.get("page", "")
    number = int(written) if written.isdecimal() and len(written) < 6 else 1
    page = await asked.read(partial(show_review_page, call_id=call_id, number=number))
    done = request.query_params.get("done", "")
    values: dict[str, Any] = {
        "page": page,
        "refusal": refusal,
        "done": done if done in DONE and refusal is None else "",
        "here": here(request),
        "at": f"{here(request)}/calls/{call_id}/board/page",
    }
    return show(request, "board.html", status=refusal.status if refusal else 200, **values)


def _back(request: Request, call_id: UUID, done: str = "") -> RedirectResponse:
    asked = request.query_params
    page, language = asked.get("page", ""), asked.get("lang", "")
    query = [
        *([f"page={page}"] if page.isdecimal() else []),
        *([f"lang={language}"] if language in LANGUAGES else []),
        *([f"done={done}"] if done else []),
    ]
    address = f"{here(request)}/calls/{call_id}/board/page?{'&'.join(query)}"
    return RedirectResponse(address.rstrip("?"), 303)


def _conflicts(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields `conflict.<nomination>`."""
    return {
        name.removeprefix("conflict."): grounds
        for name, grounds in fields.items()
        if name.startswith("conflict.")
    }


def _scores(fields: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The fields `score.<nomination>.<criterion>`."""
    scores: dict[str, dict[str, Any]] = {}
    for name, written in fields.items():
        kind, _, rest = name.partition(".")
        nomination_id, _, criterion = rest.partition(".")
        if kind == "score":
            score = int(written) if written.isdecimal() and len(written) == 1 else written
            scores.setdefault(nomination_id, {})[criterion] = score
    return scores
