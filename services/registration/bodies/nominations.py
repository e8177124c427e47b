"""Officers put forward, and those who take their place."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.contracts.event import Language, PartyCode, Sex
from shared.web.body import Taken

from .people import NamedOnce
from .words import (
    Code,
    Codes,
    Email,
    LanguageTags,
    Phone,
    Priority,
    RankBand,
    Reason,
    Reference,
    ReturnCode,
    Text,
    Version,
)


class OfficerNominated(NamedOnce):
    """An officer as the focal point describes them."""

    officer_reference: Reference
    sex: Sex
    unit: Code
    unit_name: Text | None = None
    rank_title: Text | None = None
    rank_band: RankBand | None = None
    specialisms: Codes = ()
    languages: LanguageTags = ()
    """Those the officer works in, beside the one they are written to in."""
    serving_since: date | None = None
    email: Email | None = None
    phone: Phone | None = None
    language: Language
    wants_sms: bool = False


class DeclarationSigned(Taken):
    """Which version of the declaration an officer signed, and when, as the party attests."""

    version: Version
    signed_on: date


class OfficerChecked(Taken):
    """An officer without anything personal, but for what the party calls them if we know them."""

    officer_reference: Reference | None = None
    sex: Sex
    unit: Code
    rank_band: RankBand | None = None
    specialisms: Codes = ()
    language: Language
    languages: LanguageTags = ()
    serving_since: date | None = None


class CheckOfficer(Taken):
    """Whether a party could nominate an officer; nobody is nominated."""

    party: PartyCode
    officer: OfficerChecked
    declaration: DeclarationSigned | None = None


class NominateOfficer(Taken):
    """A party puts an officer forward; `priority` is its own order, 1 first."""

    party: PartyCode
    officer: OfficerNominated
    priority: Priority
    declaration: DeclarationSigned | None = None


class CorrectNomination(Taken):
    """The same officer, described rightly; keeps the priority and the declaration
    unless one is given."""

    officer: OfficerNominated
    priority: Priority | None = None
    declaration: DeclarationSigned | None = None


class ReturnNomination(Taken):
    """What is to be put right, in words without names, and the last day to do so."""

    reason_code: ReturnCode
    reason: Reason
    correct_until: date


class FindIneligible(Taken):
    """The rule of the call that does not hold, by its name."""

    rule: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+){0,5}$", max_length=40)]


class RankNominations(Taken):
    """All nominations of a party that are in the running, in its own order."""

    party: PartyCode
    nominations: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=1_000)]


class ReplaceNominee(Taken):
    """Another officer of the same party takes the seat; keeps the priority unless one is given."""

    officer: OfficerNominated
    priority: Priority | None = None
    declaration: DeclarationSigned | None = None
