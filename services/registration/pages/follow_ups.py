"""The form behind the link of a message: GET shows it, POST keeps what was told, sealed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from shared.context import Audited
from shared.links import LinkHasExpired, LinkIsNotValid
from shared.refusals import Refused
from shared.web.api import router
from shared.web.asked import AskedByLink
from shared.web.forms import as_asked, described_form
from shared.web.pages import show
from shared.web.problems import FieldsAreNotValid, documented

from ..bodies.follow_ups import FillFollowUp
from ..commands.follow_ups import fill_by_link
from ..queries.follow_ups import FollowUpForm, show_form
from ..refusals.follow_ups import FollowUpIsClosed, FollowUpIsNotWhole
from .forms import fields_of

routes = router()
FIELDS: Mapping[str, tuple[str, ...]] = {
    "passport": ("number", "country", "expires_on"),
    "travel": ("departs_from", "arrives_on", "leaves_on", "needs"),
    "diet": ("kind", "note"),
    "visa_letter": ("needed", "born_on", "birthplace", "consulate"),
}
NAMES = [f"{part}.{name}" for part, names in FIELDS.items() for name in names]
FORM = described_form(
    {
        "type": "object",
        "properties": {name: {"type": "string", "maxLength": 200} for name in NAMES},
    }
)


@routes.get(
    "/follow-up/{code}",
    tags=["follow-up"],
    response_class=HTMLResponse,
    responses=documented(LinkIsNotValid, LinkHasExpired),
)
async def show_follow_up_page(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """The details asked of an officer, behind a signed link; what was told before is not shown."""
    return _page(request, await asked.read(partial(show_form, code=code)))


@routes.post(
    "/follow-up/{code}",
    tags=["follow-up"],
    response_class=HTMLResponse,
    responses=documented(FollowUpIsClosed, FollowUpIsNotWhole, LinkIsNotValid, LinkHasExpired),
    openapi_extra=FORM,
)
async def fill_follow_up(asked: AskedByLink, request: Request, code: str) -> HTMLResponse:
    """Fill the details in by the signed link, or fill them in anew."""
    form = await asked.read(partial(show_form, code=code))
    fields = await fields_of(request)
    try:
        told = as_asked(FillFollowUp, _told(form, fields))
        await asked.perform(
            partial(fill_by_link, code=code, told=told),
            audited=Audited("fill-follow-up", f"nomination/{form.nomination_id}"),
        )
    except (FieldsAreNotValid, FollowUpIsNotWhole, FollowUpIsClosed) as refusal:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return _page(request, form, fields=fields, refusal=refusal)
    return _page(request, await asked.read(partial(show_form, code=code)), filled=True)


def _told(form: FollowUpForm, fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the form by what they are about, as the API takes them."""
    told: dict[str, Any] = {}
    for part in form.asks:
        said = {
            name: fields[f"{part}.{name}"].strip()
            for name in FIELDS[part]
            if f"{part}.{name}" in fields
        }
        told[part] = said
    if "number" in told.get("passport", {}):
        told["passport"]["number"] = told["passport"]["number"].replace(" ", "").upper()
    if "visa_letter" in told:
        told["visa_letter"]["needed"] = told["visa_letter"].get("needed") == "yes"
    return told


def _page(
    request: Request,
    form: FollowUpForm,
    *,
    fields: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
    filled: bool = False,
) -> HTMLResponse:
    return show(
        request,
        "follow_up.html",
        prefer=form.language,
        form=form,
        fields=fields or {},
        wrong={fault.path: fault.code for fault in refusal.faults} if refusal else {},
        refusal=refusal,
        filled=filled,
        status=refusal.status if refusal else 200,
    )
