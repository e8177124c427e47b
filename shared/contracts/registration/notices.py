"""What is asked about a nomination, and who is told of it."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    Instant,
    PartyCode,
    Planned,
    Secret,
    Visibility,
)


class NomineeNotice(Event, aggregate="nomination_id"):
    """Somebody is told, or asked, about one nomination of a party."""

    nomination_id: Id
    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    """Who is written to."""
    officer_reference: Secret | None = None
    """Set only when the recipient is not the officer."""
    reference: str
    visibility: Visibility
    link: str


class CorrectionAsked(NomineeNotice, type="registration.correction.asked.v1"):
    """One focal point is asked to put a returned nomination right, until a deadline."""

    reason_code: str
    """What is to be put right, as a code."""
    answer_by: Planned


class IneligibilityAnnounced(NomineeNotice, type="registration.ineligibility.announced.v1"):
    """One focal point is told that a nomination does not fit the call."""

    reason_code: str
    """The rule that does not hold, or that it was not put right in time."""


class OfferEndAnnounced(NomineeNotice, type="registration.offer_end.announced.v1"):
    """One focal point is told that an officer of theirs does not take the seat that was offered."""

    reason: Literal["declined", "expired"]
    """`expired`: not answered in time."""


ChangeOfNomination = Literal["correction", "priority", "replacement", "withdrawal"]


class ChangeRequestDescribed(
    Event,
    type="registration.change_request.described.v1",
    aggregate="request_id",
    whole=True,
    public=True,
):
    """A change of a nomination that a focal point asked for, and where that stands."""

    request_id: Id
    """The request."""
    nomination_id: Id
    call_id: Id
    activity_id: Id
    project_id: Id
    party: PartyCode
    person_id: Id
    change: ChangeOfNomination
    """What is asked for."""
    state: Literal["open", "accepted", "refused", "taken_back", "ended"]
    """`ended`: the nomination ended first."""
    asked_at: Instant
    """When it was asked for."""
    decided_at: Instant | None = None
    """When it was decided, taken back or ended."""


class ChangeAsked(NomineeNotice, type="registration.change.asked.v1"):
    """One coordinator is asked to decide on a change of a nomination."""

    change: ChangeOfNomination
    """What is asked for."""


class ChangeDecisionAnnounced(NomineeNotice, type="registration.change_decision.announced.v1"):
    """One focal point is told how a change that was asked for was decided."""

    change: ChangeOfNomination
    """What was asked for."""
    accepted: bool
    """Whether it is carried out."""


class WaitingListClosed(Event, type="registration.waiting_list.closed.v1", aggregate="call_id"):
    """Officers of a call wait no longer; the nominations say who."""

    call_id: Id
    activity_id: Id
    project_id: Id
    not_selected: int
    """How many of them were told no."""
    reason_code: str
    """Why, as a code."""


class WaitingListClosureAnnounced(
    Event, type="registration.waiting_list_closure.announced.v1", aggregate="call_id"
):
    """One focal point is told in numbers who waits no longer."""

    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    not_selected: int
    """How many of the party's nominees were told no."""
    link: str


class OtherRunDescribed(
    Event,
    type="registration.other_run.described.v1",
    aggregate="run_offer_id",
    whole=True,
    public=True,
):
    """A place in the call of another activity for an officer who has no seat, and where that
    stands."""

    run_offer_id: Id
    """The offer."""
    nomination_id: Id
    call_id: Id
    """The call of the other activity."""
    activity_id: Id
    """The other activity."""
    project_id: Id
    """The project of the other activity."""
    party: PartyCode
    person_id: Id
    state: Literal["open", "accepted", "declined", "expired", "ended"]
    """`ended`: the nomination ended first."""
    offered_at: Instant
    """When it was offered."""
    answered_at: Instant | None = None
    """When it was answered, or ended."""
    made_nomination_id: Id | None = None
    """The nomination that was made of it."""


class OtherRunOffered(NomineeNotice, type="registration.other_run.offered.v1"):
    """One focal point is offered another run for an officer who has no seat."""

    run_offer_id: Id
    """The offer."""
    answer_by: Planned
    other_reference: str = ""
    """The reference of the other run."""


class FollowUpDescribed(
    Event, type="registration.follow_up.described.v1", aggregate="nomination_id", whole=True
):
    """Whether the details asked of an officer with a seat are complete; never what they are."""

    nomination_id: Id
    call_id: Id
    activity_id: Id
    project_id: Id
    party: PartyCode
    person_id: Id
    asks: tuple[Literal["passport", "travel", "diet", "visa_letter"], ...]
    """Which details are asked for."""
    state: Literal["asked", "complete"]
    asked_at: Instant
    """When they were asked for."""
    completed_at: Instant | None = None
    """When all of them were there."""


class FollowUpAsked(NomineeNotice, type="registration.follow_up.asked.v1"):
    """Details are asked for by a secret link, until a deadline."""

    answer_by: Planned
    link: Secret


class FollowUpReminded(NomineeNotice, type="registration.follow_up.reminded.v1"):
    """Details that were asked for are not there yet."""

    answer_by: Planned
    link: Secret


OF_NOTICES: tuple[type[Event], ...] = (
    CorrectionAsked,
    IneligibilityAnnounced,
    OfferEndAnnounced,
    ChangeRequestDescribed,
    ChangeAsked,
    ChangeDecisionAnnounced,
    WaitingListClosed,
    WaitingListClosureAnnounced,
    OtherRunDescribed,
    OtherRunOffered,
    FollowUpDescribed,
    FollowUpAsked,
    FollowUpReminded,
)
