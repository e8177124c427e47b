"""The page behind the link of an offer: GET shows it, POST answers it, in the reader's language."""

from functools import partial

from fastapi import Request
from fastapi.responses import HTMLResponse

from shared.context import Audited
from shared.links import LinkHasExpired, LinkIsNotValid
from shared.web.api import router
from shared.web.asked import Asked, AskedByLink
from shared.web.forms import as_asked, described_form
from shared.web.pages import show
from shared.web.problems import documented

from ..bodies.seats import AnswerOffer
from ..commands.answers import Answer, answer_by_link
from ..queries.offers import OfferShown, show_offer
from ..refusals.screening import SeatCannotBeOfferedNow
from ..refusals.seats import OfferIsNotLive
from .forms import fields_of

routes = router()
ANSWER = {
    "type": "object",
    "properties": {"answer": {"enum": ["accept", "decline"]}},
    "required": ["answer"],
}
FORM = described_form(ANSWER)


@routes.get(
    "/offer/{code}",
    tags=["offers"],
    response_class=HTMLResponse,
    responses=documented(LinkIsNotValid, LinkHasExpired),
)
async def show_offer_page(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """The offer of a seat behind its signed link. Looking at it changes nothing."""
    offer = await asked.read(partial(show_offer, code=code))
    return _page(request, offer)


@routes.post(
    "/offer/{code}",
    tags=["offers"],
    response_class=HTMLResponse,
    responses=documented(OfferIsNotLive, SeatCannotBeOfferedNow, LinkIsNotValid, LinkHasExpired),
    openapi_extra=FORM,
)
async def answer_offer(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """Accept or decline a seat by its signed link; a second answer changes nothing."""
    answer = as_asked(AnswerOffer, {"answer": (await fields_of(request)).get("answer")}).answer
    offer = await asked.read(partial(show_offer, code=code))
    try:
        await _answer(asked, code, offer, answer)
    except OfferIsNotLive:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        offer = await asked.read(partial(show_offer, code=code))
        return _page(request, offer, again=True, status=200 if _says(offer, answer) else 409)
    return _page(request, await asked.read(partial(show_offer, code=code)), answered=True)


async def _answer(asked: Asked, code: str, offer: OfferShown, answer: Answer) -> None:
    await asked.perform(
        partial(answer_by_link, code=code, answer=answer),
        audited=Audited(f"{answer}-offer", f"offer/{offer.offer_id}"),
    )


def _says(offer: OfferShown, answer: Answer) -> bool:
    """Whether the offer was answered so before."""
    return (offer.state, answer) in (("accepted", "accept"), ("declined", "decline"))


def _page(
    request: Request,
    offer: OfferShown,
    *,
    answered: bool = False,
    again: bool = False,
    status: int = 200,
) -> HTMLResponse:
    return show(
        request,
        "offer.html",
        prefer=offer.language,
        offer=offer,
        answered=answered,
        again=again,
        status=status,
    )
