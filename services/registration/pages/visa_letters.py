"""The page behind the link to a letter of invitation, the paper itself, and the public check."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response

from shared.links import LinkHasExpired, LinkIsNotValid
from shared.sealing import SealDoesNotOpen
from shared.web.api import router
from shared.web.asked import AskedByLink
from shared.web.checks import TooManyChecks, WithinReason
from shared.web.forms import as_asked, described_form, read_form
from shared.web.pages import show
from shared.web.problems import documented

from ..api.visa_letters import letter_answer
from ..bodies.visa_letters import CheckVisaLetter
from ..queries.visa_letters import LetterChecked, check_letter, letter_behind_link, letter_page
from ..refusals.visa_letters import LetterIsVoid
from .calls import here

routes = router()
Form = Annotated[dict[str, str], Depends(read_form)]
FORM = described_form(CheckVisaLetter.model_json_schema())


@routes.get(
    "/visa-letter/{code}",
    tags=["visa letters"],
    response_class=HTMLResponse,
    responses=documented(LetterIsVoid, LinkIsNotValid, LinkHasExpired),
)
async def show_letter_page(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """The letter to open, and how it is checked (signed link); a void one is said to be so."""
    page = await asked.read(partial(letter_page, code=code))
    return show(
        request,
        "visa_letter.html",
        status=LetterIsVoid.status if page.is_void else 200,
        prefer=page.language,
        page=page,
        paper=f"{here(request)}/visa-letter/{code}/paper",
        here=here(request),
    )


@routes.get(
    "/visa-letter/{code}/paper",
    tags=["visa letters"],
    response_class=Response,
    responses={
        **documented(LetterIsVoid, SealDoesNotOpen, LinkIsNotValid, LinkHasExpired),
        200: {"content": {"application/pdf": {}}},
    },
)
async def show_paper(asked: AskedByLink, code: str) -> Response:
    """The letter as a PDF (signed link)."""
    query = partial(letter_behind_link, code=code)
    return await letter_answer(await asked.read(query, on_record=True))


@routes.get("/check", tags=["visa letters"], response_class=HTMLResponse)
async def check_page(request: Request) -> HTMLResponse:
    """The form of the public check."""
    return _checked(request, None, "")


@routes.post(
    "/check",
    tags=["visa letters"],
    response_class=HTMLResponse,
    responses=documented(TooManyChecks),
    openapi_extra=FORM,
)
async def check_by_form(
    asked: AskedByLink, request: Request, _: WithinReason, form: Form
) -> HTMLResponse:
    """The answer of the public check; what was typed is not shown again but for the number."""
    question = as_asked(CheckVisaLetter, form)
    checked = await asked.read(partial(check_letter, asked=question))
    return _checked(request, checked, question.number)


def _checked(request: Request, checked: LetterChecked | None, number: str) -> HTMLResponse:
    return show(request, "letter_check.html", checked=checked, number=number)
