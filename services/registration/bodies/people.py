"""Parties, persons, partners, channels and staff, as they are described."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator

from shared.contracts.event import CountryCode, Language, PartyCode, Sex
from shared.web.body import Taken

from .words import (
    Code,
    Codes,
    Email,
    LanguageTags,
    Phone,
    RankBand,
    Reference,
    SeveralLanguages,
    Text,
)


class RegisterParty(Taken):
    """A country, or another body that nominates. `contact_directly` is what its officers get."""

    party: PartyCode
    kind: Literal["country", "mission", "agency", "academy", "organisation"]
    names: SeveralLanguages
    calendar_country: CountryCode | None = None
    contact_directly: bool = True


class DescribeParty(Taken):
    """What of a party may change."""

    kind: Literal["country", "mission", "agency", "academy", "organisation"]
    names: SeveralLanguages
    calendar_country: CountryCode | None = None
    contact_directly: bool = True


class NameTaken(Taken):
    """A name in one script (ISO 15924), kept to the byte."""

    script: Literal["Latn", "Arab"]
    given: Text
    family: Text
    on_passport: bool = False


Names = Annotated[tuple[NameTaken, ...], Field(min_length=1, max_length=4)]


class NamedOnce(Taken):
    """Whoever has names has one in each script at most."""

    names: Names

    @field_validator("names")
    @classmethod
    def _one_per_script(cls, names: tuple[NameTaken, ...]) -> tuple[NameTaken, ...]:
        if len({name.script for name in names}) != len(names):
            raise ValueError("one name per script")
        return names


class DescribePerson(NamedOnce):
    """Everything registration keeps of a person."""

    party: PartyCode | None = None
    subject: Text | None = None
    officer_reference: Reference | None = None
    sex: Sex
    email: Email | None = None
    phone: Phone | None = None
    language: Language
    wants_email: bool = True
    wants_sms: bool = False
    contact_directly: bool = True
    calendar_country: CountryCode | None = None
    unit: Code | None = None
    unit_name: Text | None = None
    rank_title: Text | None = None
    rank_band: RankBand | None = None
    specialisms: Codes = ()
    languages: LanguageTags = ()
    """Those the person works in, beside the one they are written to in."""
    serving_since: date | None = None


class JoinAsPartner(Taken):
    """A party takes part in a project."""

    party: PartyCode
    from_on: date
    until_on: date | None = None


class AssignChannel(Taken):
    """Who nominates for a party in a project, and when."""

    party: PartyCode
    holder_id: UUID
    deputy_id: UUID | None = None
    from_on: date
    until_on: date | None = None


class AssignStaff(Taken):
    """Who works on a project, and when."""

    person_id: UUID
    role: Literal["coordinator", "instructor", "auditor"]
    from_on: date
    until_on: date | None = None
