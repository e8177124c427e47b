"""A letter of invitation, as a coordinator issues it and as anybody checks it."""

from typing import Annotated

from pydantic import AfterValidator, Field

from shared.contracts.event import Language
from shared.web.body import Taken
from shared.web.checks import PaperToCheck

from .words import SeveralLanguages, Text


def _each_once(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    return tuple(dict.fromkeys(languages))


class Signatory(Taken):
    """Who signs, and as what."""

    name: Text
    role: SeveralLanguages


class IssueVisaLetter(Taken):
    """In which languages, a page each; and who signs it by hand, if that is known."""

    languages: Annotated[
        tuple[Language, ...], Field(min_length=1, max_length=4), AfterValidator(_each_once)
    ]
    signatory: Signatory | None = None


class CheckVisaLetter(PaperToCheck):
    """What is printed in the letter: its number, and the family name in either script."""
