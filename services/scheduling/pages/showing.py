"""What every page of scheduling is shown with."""

from typing import Any

from babel.dates import get_timezone_location
from fastapi import Request
from fastapi.responses import HTMLResponse

from shared.contracts.event import LANGUAGES, Language
from shared.web.pages import Pages, language_of


def language_for(request: Request, addressee: Language | None = None) -> Language:
    """The language asked for, else the addressee's, else the reader's."""
    asked = request.query_params.get("lang")
    return addressee if addressee and asked not in LANGUAGES else language_of(request)


def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    prefer: Language | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page of this installation; sample installations say so."""
    pages: Pages = request.app.state.pages
    specimen = request.app.state.context.clock.is_story
    return pages.show(request, template, status=status, prefer=prefer, specimen=specimen, **values)


def place_of(zone: str, language: Language) -> str:
    """The place by whose clock times are given, as the language names it."""
    return get_timezone_location(zone, locale=language, return_city=True)
