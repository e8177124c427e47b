"""Details of an officer with a seat: passport, journey, diet, visa letter."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints

from shared.contracts.event import CountryCode
from shared.web.body import Taken

from .words import Text

FollowUpItem = Literal["passport", "travel", "diet", "visa_letter"]


class Passport(Taken):
    """The travel document."""

    number: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{5,20}$")]
    country: CountryCode
    expires_on: date


class Journey(Taken):
    """From where, and the days of arrival and departure."""

    departs_from: Text
    arrives_on: date
    leaves_on: date
    needs: Text | None = None


class Diet(Taken):
    """What is eaten, and what must not be."""

    kind: Literal["anything", "halal", "kosher", "vegetarian", "vegan", "gluten_free", "other"]
    note: Text | None = None


class VisaLetter(Taken):
    """Whether a letter of invitation is needed for a visa, and what stands in it then."""

    needed: bool
    born_on: date | None = None
    birthplace: Text | None = None
    consulate: Text | None = None


class FillFollowUp(Taken):
    """The details that the call asks for; all of them, and no others."""

    passport: Passport | None = None
    travel: Journey | None = None
    diet: Diet | None = None
    visa_letter: VisaLetter | None = None
