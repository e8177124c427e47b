"""Nominations: where each stands."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    Instant,
    PartyCode,
    Sex,
)

NominationStatus = Literal[
    "submitted",
    "ineligible",
    "returned",
    "selected",
    "waitlisted",
    "not_selected",
    "confirmed",
    "declined",
    "expired",
    "withdrawn",
    "replaced",
]
IMPORT_UNDONE = "import-undone"
"""The reason of a nomination that was withdrawn because its file was taken back as a whole: it
counts as never made."""


class NominationState(Event, aggregate="nomination_id"):
    """The whole coded state of one nomination, after the fact that the type names."""

    nomination_id: Id
    call_id: Id
    activity_id: Id
    project_id: Id
    person_id: Id
    party: PartyCode
    sex: Sex
    unit: str
    rank_band: str | None = None
    specialisms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """The languages (BCP 47) the officer works in."""
    priority: int
    """The country's own rank of its nominees, 1 first."""
    status: NominationStatus
    late: bool = False
    submitted_at: Instant
    confirmed_at: Instant | None = None
    reason_code: str | None = None
    """Why it stands so, as a code that says nothing of anybody else; none where nothing is to be
    said."""


class NominationSubmitted(
    NominationState, type="registration.nomination.submitted.v1", whole=True, public=True
):
    """A focal point put an officer forward."""


class NominationSelected(NominationState, type="registration.nomination.selected.v1", whole=True):
    """The officer has a seat to answer for, by the selection or from the waiting list."""


class NominationWaitlisted(
    NominationState, type="registration.nomination.waitlisted.v1", whole=True
):
    """The officer waits for a freed seat."""


class NominationConfirmed(
    NominationState, type="registration.nomination.confirmed.v1", whole=True, public=True
):
    """The officer, or the focal point for them, accepted the seat."""


class NominationDeclined(
    NominationState, type="registration.nomination.declined.v1", whole=True, public=True
):
    """The officer said no to the seat."""


class NominationExpired(NominationState, type="registration.nomination.expired.v1", whole=True):
    """The seat was not answered for in time."""


class NominationWithdrawn(
    NominationState, type="registration.nomination.withdrawn.v1", whole=True, public=True
):
    """The focal point took the nomination back."""


class NominationReplaced(
    NominationState, type="registration.nomination.replaced.v1", whole=True, public=True
):
    """The seat of this officer passed to another of the same party."""


class NominationCorrected(
    NominationState, type="registration.nomination.corrected.v1", whole=True, public=True
):
    """What was submitted was put right, or the party's own order was changed."""


class NominationReturned(
    NominationState, type="registration.nomination.returned.v1", whole=True, public=True
):
    """A coordinator gave the nomination back to be put right; until then it is not in the pool."""


class NominationResubmitted(
    NominationState, type="registration.nomination.resubmitted.v1", whole=True, public=True
):
    """A focal point submitted a returned nomination again; it stands as it did before."""


class NominationIneligible(
    NominationState, type="registration.nomination.ineligible.v1", whole=True, public=True
):
    """The nomination does not fit the call, by the rule that its reason names."""


class NominationNotSelected(
    NominationState, type="registration.nomination.not_selected.v1", whole=True, public=True
):
    """The officer has no seat and does not wait for one any more."""


NOMINATION_EVENTS: tuple[type[NominationState], ...] = (
    NominationSubmitted,
    NominationSelected,
    NominationWaitlisted,
    NominationConfirmed,
    NominationDeclined,
    NominationExpired,
    NominationWithdrawn,
    NominationReplaced,
    NominationCorrected,
    NominationReturned,
    NominationResubmitted,
    NominationIneligible,
    NominationNotSelected,
)


OF_NOMINATIONS: tuple[type[Event], ...] = (
    NominationSubmitted,
    NominationSelected,
    NominationWaitlisted,
    NominationConfirmed,
    NominationDeclined,
    NominationExpired,
    NominationWithdrawn,
    NominationReplaced,
    NominationCorrected,
    NominationReturned,
    NominationResubmitted,
    NominationIneligible,
    NominationNotSelected,
)
