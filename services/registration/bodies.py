"""The bodies that the API of registration takes: strict, bounded, in the words of the field."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from shared.contracts.event import CountryCode, Language, PartyCode, Sex
from shared.contracts.external import TheirReference
from shared.outsiders import CODE
from shared.web.body import Taken

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"\S")]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$")]
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^\s@<>\"(),;:\\\[\]]+@[^\s@.]+(\.[^\s@.]+)+$"),
]
Phone = Annotated[str, StringConstraints(min_length=3, max_length=40)]
RankBand = Literal["junior", "mid", "senior"]
Count = Annotated[int, Field(ge=0, le=10_000)]
Priority = Annotated[int, Field(ge=1, le=99_999)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
EventType = Annotated[
    str, StringConstraints(max_length=120, pattern=r"^[a-z_]+(\.[a-z_]+){2}\.v[1-9][0-9]?$")
]
SeveralLanguages = Annotated[dict[LanguageTag, Text], Field(min_length=1, max_length=20)]


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


class PartyInvited(Taken):
    """A party, and how many seats it must and may have."""

    party: PartyCode
    minimum: Count = 0
    maximum: Count | None = None


class UnitWanted(Taken):
    """A kind of unit that may nominate, and how many seats it must and may have."""

    unit: Code
    minimum: Count = 0
    maximum: Count | None = None


class LocalTime(Taken):
    """A planned time: what the clock shows (no offset), and the zone by its IANA name."""

    local: datetime
    zone: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class OpenCall(Taken):
    """Parties are asked to nominate officers for an activity."""

    activity_id: UUID
    seats: Annotated[int, Field(ge=1, le=10_000)]
    parties: Annotated[tuple[PartyInvited, ...], Field(min_length=1, max_length=300)]
    women_minimum: Count = 0
    units: Annotated[tuple[UnitWanted, ...], Field(max_length=50)] = ()
    deadline: LocalTime
    answer_working_days: Annotated[int, Field(ge=1, le=60)]


class OfficerNominated(NamedOnce):
    """An officer as the focal point describes them."""

    officer_reference: Reference
    sex: Sex
    unit: Code
    unit_name: Text | None = None
    rank_title: Text | None = None
    rank_band: RankBand | None = None
    email: Email | None = None
    phone: Phone | None = None
    language: Language
    wants_sms: bool = False


class NominateOfficer(Taken):
    """A party puts an officer forward; `priority` is its own order, 1 first."""

    party: PartyCode
    officer: OfficerNominated
    priority: Priority


class AnswerOffer(Taken):
    """Yes or no to a seat."""

    answer: Literal["accept", "decline"]


class AwardSeat(Taken):
    """A held seat goes to an officer of the waiting list; why, in words without names."""

    nomination_id: UUID
    reason: Reason


class LeaveSeatUnused(Taken):
    """A held seat goes to nobody; why, in words without names."""

    reason: Reason


class ReplaceNominee(Taken):
    """Another officer of the same party takes the seat; keeps the priority unless one is given."""

    officer: OfficerNominated
    priority: Priority | None = None


class DescribeOutsider(Taken):
    """For whom another system speaks, and which event types it may send and read."""

    parties: Annotated[tuple[PartyCode, ...], Field(min_length=1, max_length=300)]
    sends: Annotated[tuple[EventType, ...], Field(max_length=100)] = ()
    receives: Annotated[tuple[EventType, ...], Field(max_length=100)] = ()


class RegisterOutsider(DescribeOutsider):
    """Another system takes part, under a code."""

    outsider: Annotated[str, StringConstraints(pattern=CODE)]


class DescribeAlias(Taken):
    """What another system calls an officer or an activity of ours."""

    kind: Literal["officer", "activity"]
    party: PartyCode
    reference: TheirReference
    meant_id: UUID
