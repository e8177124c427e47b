"""The page behind the link to a certificate, the paper itself, and the public check."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response

from shared.links import LinkHasExpired, LinkIsNotValid
from shared.web.api import router
from shared.web.asked import AskedByLink
from shared.web.checks import TooManyChecks, WithinReason
from shared.web.forms import as_asked, read_form
from shared.web.pages import show
from shared.web.papers import pdf_answer
from shared.web.problems import documented

from ..queries.behind_links import read_certificate_file, read_certificate_page
from ..queries.certificates import CheckCertificate, check_certificate
from ..refusals import CertificateIsRevoked

routes = router()
_REFUSALS = documented(LinkIsNotValid, LinkHasExpired, CertificateIsRevoked)
_Form = Annotated[dict[str, str], Depends(read_form)]


@routes.get("/certificate/{code}", response_class=HTMLResponse, responses=_REFUSALS)
async def certificate_page(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """Thanks, the certificate to download, and how it is checked (signed link)."""
    page = await asked.read(partial(read_certificate_page, code=code))
    paper = f"/scheduling/certificate/{code}/pdf"
    prefer = page.reader.language
    status = CertificateIsRevoked.status if page.is_revoked else 200
    return show(request, "certificate.html", status=status, prefer=prefer, page=page, paper=paper)


@routes.get("/certificate/{code}/pdf", responses=_REFUSALS)
async def certificate_paper(asked: AskedByLink, code: str) -> Response:
    """The certificate as PDF (signed link)."""
    paper = await asked.read(partial(read_certificate_file, code=code))
    return pdf_answer(paper.content, paper.name)


@routes.get("/check", response_class=HTMLResponse)
async def check_page(request: Request) -> HTMLResponse:
    """The form of the public check."""
    return show(request, "check.html", checked=None, number="")


@routes.post("/check", response_class=HTMLResponse, responses=documented(TooManyChecks))
async def check_by_form(
    asked: AskedByLink, request: Request, _: WithinReason, form: _Form
) -> HTMLResponse:
    """The answer of the public check; what was typed is not shown again but for the number."""
    question = as_asked(CheckCertificate, form)
    checked = await asked.read(partial(check_certificate, asked=question))
    return show(request, "check.html", checked=checked, number=question.number)
