"""In which language a page of scheduling is shown, and by which clock it gives times."""

from babel.dates import get_timezone_location
from fastapi import Request

from shared.contracts.event import LANGUAGES, Language
from shared.web.pages import language_of


def language_for(request: Request, addressee: Language | None = None) -> Language:
    """The language asked for, else the addressee's, else the reader's."""
    asked = request.query_params.get("lang")
    return addressee if addressee and asked not in LANGUAGES else language_of(request)


def place_of(zone: str, language: Language) -> str:
    """The place by whose clock times are given, as the language names it."""
    return get_timezone_location(zone, locale=language, return_city=True)
