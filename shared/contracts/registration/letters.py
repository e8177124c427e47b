"""Letters of invitation, in support of a visa: issued, void; never what stands in them."""

from typing import Literal

from shared.contracts.event import Event, Id, Instant, PartyCode, Secret

from .notices import NomineeNotice


class VisaLetterState(Event, aggregate="letter_id"):
    """The whole state of a letter of invitation for one officer with a seat."""

    letter_id: Id
    """The letter."""
    nomination_id: Id
    call_id: Id
    activity_id: Id
    project_id: Id
    party: PartyCode
    person_id: Id
    languages: tuple[Literal["ar", "en", "fr", "es"], ...]
    """The languages it is written in."""
    issued_at: Instant
    """When it was issued."""
    void_at: Instant | None = None
    """Since when it is not valid any more."""
    void_reason: Literal["seat_ended", "details_changed", "reissued"] | None = None
    """Why it is not valid any more."""


class VisaLetterIssued(VisaLetterState, type="registration.visa_letter.issued.v1", whole=True):
    """A coordinator has issued a letter of invitation."""


class VisaLetterVoided(VisaLetterState, type="registration.visa_letter.voided.v1", whole=True):
    """A letter of invitation is not valid any more."""


class VisaLetterAnnounced(NomineeNotice, type="registration.visa_letter.announced.v1"):
    """The officer, or a focal point, is told that a letter of invitation was issued."""

    link: Secret


class VisaLetterVoidAnnounced(NomineeNotice, type="registration.visa_letter_void.announced.v1"):
    """The officer, or a focal point, is told that a letter of invitation is not valid any more."""

    link: Secret


OF_LETTERS: tuple[type[Event], ...] = (
    VisaLetterIssued,
    VisaLetterVoided,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
)
