"""Parties, persons, partners, channels and staff."""

from typing import Literal

from shared.contracts.event import (
    CountryCode,
    Event,
    Id,
    Language,
    Localized,
    Part,
    PartyCode,
    Sex,
    date,
)


class PartyDescribed(Event, type="registration.party.described.v1", aggregate="party", whole=True):
    """A country, or another body that nominates, as our own data names it."""

    party: PartyCode
    kind: Literal["country", "mission", "agency", "academy", "organisation"]
    names: Localized
    calendar_country: CountryCode | None = None
    """Whose working week the party keeps; a country's own code unless said otherwise."""


class PersonName(Part):
    """A name in one script (ISO 15924), as on the passport where so marked."""

    script: Literal["Latn", "Arab"]
    given: str
    family: str
    on_passport: bool = False


class PersonDetailsChanged(
    Event,
    type="registration.person.details_changed.v1",
    aggregate="person_id",
    whole=True,
    private=True,
):
    """Everything personal about one person; no other event carries personal data, but for the one
    that states this anew."""

    person_id: Id
    party: PartyCode | None = None
    calendar_country: CountryCode | None = None
    login: str | None = None
    """Digest of the token subject this person signs in with, see `shared.web.principal.login`."""
    names: tuple[PersonName, ...] = ()
    """What the person is called, in each script."""
    sex: Sex = "not_stated"
    email: str | None = None
    phone: str | None = None
    """E.164."""
    language: Language = "en"
    wants_email: bool = True
    wants_sms: bool = False
    contact_directly: bool = True
    """False where the state allows contact only through its focal point."""


class PersonErased(Event, type="registration.person.erased.v1", aggregate="person_id"):
    """A person is to be forgotten everywhere; each service answers with a receipt."""

    person_id: Id


class StaffAssigned(
    Event, type="registration.staff.assigned.v1", aggregate="assignment_id", whole=True
):
    """A person works on a project in a role, from a day and until one."""

    assignment_id: Id
    project_id: Id
    person_id: Id
    login: str | None = None
    role: Literal["coordinator", "instructor", "auditor"]
    from_on: date
    until_on: date | None = None


class ChannelAssigned(
    Event, type="registration.channel.assigned.v1", aggregate="channel_id", whole=True
):
    """The one national door: who nominates for a party in a project, and when."""

    channel_id: Id
    project_id: Id
    party: PartyCode
    holder_id: Id
    holder_login: str | None = None
    deputy_id: Id | None = None
    deputy_login: str | None = None
    from_on: date
    until_on: date | None = None


class PartnerJoined(
    Event, type="registration.partner.joined.v1", aggregate="partner_id", whole=True
):
    """A party takes part in a project."""

    partner_id: Id
    project_id: Id
    party: PartyCode
    from_on: date
    until_on: date | None = None


OF_PEOPLE: tuple[type[Event], ...] = (
    PartyDescribed,
    PersonDetailsChanged,
    PersonErased,
    StaffAssigned,
    ChannelAssigned,
    PartnerJoined,
)
