"""Facts that registration publishes: who may take part, from party to confirmed seat."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import (
    CountryCode,
    Event,
    Id,
    Instant,
    Language,
    Localized,
    Part,
    PartyCode,
    Planned,
    Secret,
    Sex,
    Visibility,
    date,
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


class CallQuota(Part):
    """A bound on the seats of one group: a party, women, a unit, who speaks a language …"""

    dimension: str
    value: str
    minimum: int = 0
    maximum: int | None = None


class CallOpened(Event, type="registration.call.opened.v1", aggregate="call_id", whole=True):
    """Countries are asked to nominate officers for an activity."""

    call_id: Id
    activity_id: Id
    project_id: Id
    reference: str
    seats: int
    parties: tuple[PartyCode, ...]
    quotas: tuple[CallQuota, ...]
    deadline: Planned
    method: Literal["merit", "lottery"] = "merit"
    """How the selection is made."""
    minimum_seats: int | None = None
    """With fewer seats filled the activity may not take place."""
    ended_at: Instant | None = None
    """Since when the call leads to nothing any more."""


class CallChanged(CallOpened, type="registration.call.changed.v1", whole=True):
    """A call is as it says now: its deadline, seats, parties or quotas were amended."""


class CallEnded(CallOpened, type="registration.call.ended.v1", whole=True):
    """A call leads to nothing: its activity does not take place."""


class FocalPointInvited(
    Event, type="registration.focal_point.invited.v1", aggregate="invitation_id"
):
    """One holder or deputy of a channel is asked to nominate for one call."""

    invitation_id: Id
    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    deadline: Planned
    link: str
    """The page where the focal point signs in and nominates."""


class DeadlineExtended(Event, type="registration.deadline.extended.v1", aggregate="call_id"):
    """One holder or deputy of a channel is told that they may nominate longer."""

    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    deadline: Planned
    link: str
    """The page where the focal point signs in and nominates."""


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


class SelectionConcluded(Event, type="registration.selection.concluded.v1", aggregate="call_id"):
    """A selection within every quota was made; the nominations say who."""

    call_id: Id
    activity_id: Id
    project_id: Id
    seats: int
    nominated: int
    selected: int
    waitlisted: int
    pool_digest: str
    """SHA-256 over what was submitted: the same pool gives the same panel."""
    method: Literal["merit", "lottery"] = "merit"
    """By merit, or by a fair lottery."""
    runs: int | None = None
    """How many runs were made, where it was made in steps."""
    overrides: int = 0
    """How many changes people made in what was computed, each with a reason."""
    with_board: bool = False
    """Whether a selection board scored the nominations."""


class BoardState(Event, aggregate="call_id"):
    """How the selection board of a call stands, after what the type names."""

    call_id: Id
    activity_id: Id
    project_id: Id
    reviewers: int
    """How many persons are on the board."""
    criteria: tuple[str, ...]
    """What is scored, as codes."""
    conflicts: int
    """How often a reviewer may not judge a nomination."""
    scores_until: Planned
    """Until when scores are taken."""


class BoardOpened(BoardState, type="registration.board.opened.v1"):
    """A board is to score the nominations of a call, or is described anew."""


class BoardClosed(BoardState, type="registration.board.closed.v1"):
    """The scores of the board are settled."""


class ReviewerAsked(Event, aggregate="reviewer_id"):
    """One person on a board is written to about the scores that are asked of them."""

    reviewer_id: Id
    """The place on the board."""
    call_id: Id
    activity_id: Id
    person_id: Id
    reference: str
    visibility: Visibility
    scores_until: Planned
    """Until when scores are taken."""
    link: str


class ReviewerAppointed(ReviewerAsked, type="registration.reviewer.appointed.v1"):
    """A person is on the board of a call, and is asked to score."""


class ReviewerReminded(ReviewerAsked, type="registration.reviewer.reminded.v1"):
    """A person on a board has not handed in yet, and the time is nearly up."""


class SelectionRunState(Event, aggregate="run_id"):
    """Where one run of a selection stands, after the step that the type names."""

    run_id: Id
    """The run."""
    call_id: Id
    activity_id: Id
    project_id: Id
    number: int
    """Its number within the call."""
    method: Literal["merit", "lottery"]
    """By merit, or by a fair lottery."""
    state: Literal[
        "published", "proposed", "approved", "concluded", "failed", "cancelled", "superseded"
    ]
    pool_digest: str | None = None
    """SHA-256 over what was submitted: the same pool gives the same panel."""
    overrides: int = 0
    """How many changes people made in what was computed, each with a reason."""


class LotteryCommitted(Event, type="registration.lottery.committed.v1", aggregate="call_id"):
    """A seed for the lottery of a call is fixed; only its digest is known before the draw."""

    call_id: Id
    activity_id: Id
    project_id: Id
    number: int
    """Which seed of the call this is."""
    commitment: str
    """SHA-256 of the seed."""


class SelectionRunPublished(
    SelectionRunState, type="registration.selection_run.published.v1", whole=True
):
    """Panels, tickets and everybody's chance in a lottery can be read; nothing is drawn yet."""


class SelectionRunProposed(
    SelectionRunState, type="registration.selection_run.proposed.v1", whole=True
):
    """A panel within every quota was computed, or drawn, and waits to be concluded."""


class SelectionRunOverridden(
    SelectionRunState, type="registration.selection_run.overridden.v1", whole=True
):
    """Somebody changed the panel, with a reason on record."""


class SelectionRunApproved(
    SelectionRunState, type="registration.selection_run.approved.v1", whole=True
):
    """A second person agreed to the panel."""


class SelectionRunConcluded(
    SelectionRunState, type="registration.selection_run.concluded.v1", whole=True
):
    """The seats are offered to those whom the run proposed."""


class SelectionRunEnded(SelectionRunState, type="registration.selection_run.ended.v1", whole=True):
    """The run failed, was cancelled, or what it was made from has changed."""


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


class OutcomeAnnounced(Event, type="registration.outcome.announced.v1", aggregate="call_id"):
    """One focal point is told how their nominees fared, in numbers."""

    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    selected: int
    waitlisted: int
    link: str


class ViabilityQuestioned(Event, type="registration.viability.questioned.v1", aggregate="call_id"):
    """One coordinator is told that a call is below its minimum, and asked for go or no-go."""

    call_id: Id
    activity_id: Id
    person_id: Id
    reference: str
    visibility: Visibility
    minimum_seats: int
    filled: int
    """How many hold a seat; before the selection, how many are nominated."""
    link: str


class ViabilityDecided(Event, type="registration.viability.decided.v1", aggregate="call_id"):
    """A coordinator decided whether the activity takes place with the seats that are filled."""

    call_id: Id
    activity_id: Id
    project_id: Id
    decision: Literal["go", "no_go"]
    minimum_seats: int
    filled: int
    """How many hold a seat; before the selection, how many are nominated."""


class EndAnnounced(Event, type="registration.end.announced.v1", aggregate="call_id"):
    """One focal point is told that a call has ended, its activity does not take place."""

    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    link: str


class SeatOffered(Event, type="registration.seat.offered.v1", aggregate="nomination_id"):
    """A seat waits for an answer until a deadline; the secret link answers."""

    offer_id: Id
    nomination_id: Id
    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    """Who is written to: the officer, or the focal point where contact goes through them."""
    officer_reference: Secret | None = None
    """Set only when the recipient is not the officer."""
    reference: str
    visibility: Visibility
    answer_by: Planned
    link: Secret


class SeatTakenBack(Event, type="registration.seat.taken_back.v1", aggregate="nomination_id"):
    """A seat that was offered or accepted is no more: it was given back or passed on by others, or
    its activity does not take place."""

    offer_id: Id
    nomination_id: Id
    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    """Who is written to: the officer, or the focal point where contact goes through them."""
    officer_reference: Secret | None = None
    """Set only when the recipient is not the officer."""
    reference: str
    visibility: Visibility
    link: Secret
    activity_takes_place: bool = False
    """Whether the activity goes on without the officer."""


class SeatFreed(Event, type="registration.seat.freed.v1", aggregate="call_id"):
    """A seat has no holder any more and is due to the next on the waiting list."""

    call_id: Id
    offer_id: Id
    party: PartyCode
    reason: Literal["declined", "expired", "withdrawn"]


class SeatHeld(Event, type="registration.seat.held.v1", aggregate="call_id"):
    """A freed seat stays held: nobody waiting keeps every quota, a coordinator must decide."""

    call_id: Id
    offer_id: Id
    obstacles: tuple[str, ...]


class SeatDecisionAsked(Event, type="registration.seat.decision_asked.v1", aggregate="call_id"):
    """One coordinator is asked to decide on a held seat."""

    call_id: Id
    offer_id: Id
    """The offer that ended and left the seat free."""
    activity_id: Id
    person_id: Id
    reference: str
    visibility: Visibility
    seat: int
    """The number of the seat."""
    link: str
    """The page that shows what stands in the way, and takes the decision."""


class SeatDecided(Event, type="registration.seat.decided.v1", aggregate="call_id"):
    """A coordinator decided a held seat: it is given though a quota is missed, or left unused."""

    call_id: Id
    offer_id: Id
    """The offer that ended and left the seat free."""
    decision: Literal["given", "left_unused"]
    nomination_id: Id | None = None
    """Who was given the seat."""
    missed: tuple[str, ...] = ()
    """The quotas that those with a seat do not keep then."""


class ScreeningStarted(Event, type="registration.screening.started.v1", aggregate="call_id"):
    """Nominees of a call were put on a list for the vetting office; how many, and not who."""

    call_id: Id
    activity_id: Id
    project_id: Id
    nominations: int
    """How many."""


class ScreeningDecided(Event, type="registration.screening.decided.v1", aggregate="call_id"):
    """Results came back for nominees of a call; how many, and neither whose nor which."""

    call_id: Id
    activity_id: Id
    project_id: Id
    nominations: int
    """How many."""


class ParticipationState(Event, aggregate="participation_id"):
    """What an officer took part in before the platform was used, as imported; coded."""

    participation_id: Id
    person_id: Id
    party: PartyCode | None = None
    sex: Sex
    unit: str | None = None
    rank_band: str | None = None
    code: str | None = None
    """The code of the course or its curriculum, where it has one."""
    held_on: date
    """The last day of it."""
    outcome: Literal["attended", "completed", "failed"]
    """What it came to."""
    withdrawn: bool = False
    """Whether it does not count any more."""


class ParticipationRecorded(
    ParticipationState, type="registration.participation.recorded.v1", whole=True
):
    """A past participation was imported from a list."""


class ParticipationCorrected(
    ParticipationState, type="registration.participation.corrected.v1", whole=True
):
    """An imported participation is not as the list said."""


class ParticipationWithdrawn(
    ParticipationState, type="registration.participation.withdrawn.v1", whole=True
):
    """An imported participation does not count any more."""


class OutsiderDescribed(
    Event, type="registration.outsider.described.v1", aggregate="outsider", whole=True
):
    """Another system that takes part: what it may send and read, and for which parties."""

    outsider: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,18}[a-z0-9]$")]
    """Its code."""
    parties: tuple[PartyCode, ...]
    """The parties it speaks for, and may read about."""
    sends: tuple[str, ...]
    """The external event types it may send."""
    receives: tuple[str, ...]
    """The public event types it may read."""
    state: Literal["active", "suspended", "removed"]
    """Whether it takes part now."""
    key_digest: Secret | None = None
    """SHA-256 of its key for HTTP."""


class AliasDescribed(
    Event, type="registration.alias.described.v1", aggregate="alias_id", whole=True
):
    """What an outsider calls an officer or an activity of ours."""

    alias_id: Id
    """The alias."""
    outsider: str
    """The code of the outsider."""
    kind: Literal["officer", "activity"]
    """What is called so."""
    party: PartyCode
    """Whose officer it is; for an activity, the party for which the outsider speaks."""
    reference: Secret
    """How the outsider calls it."""
    meant_id: Id | None = None
    """The person or activity that is meant; none once it is withdrawn."""


class PartyStated(PartyDescribed, type="registration.party.stated.v1", stated=True):
    """A party as it is described now."""


class PersonStated(PersonDetailsChanged, type="registration.person.stated.v1", stated=True):
    """Everything personal about one person, as it is known now."""


class StaffStated(StaffAssigned, type="registration.staff.stated.v1", stated=True):
    """Who works on a project in a role, as it is now."""


class ChannelStated(ChannelAssigned, type="registration.channel.stated.v1", stated=True):
    """Who nominates for a party in a project, as it is now."""


class PartnerStated(PartnerJoined, type="registration.partner.stated.v1", stated=True):
    """A party that takes part in a project, as it is now."""


class CallStated(CallOpened, type="registration.call.stated.v1", stated=True):
    """A call for nominations as it is now."""


class NominationStated(NominationState, type="registration.nomination.stated.v1", stated=True):
    """Where a nomination stands now, whatever brought it there."""


class SelectionStated(SelectionConcluded, type="registration.selection.stated.v1", stated=True):
    """A selection in numbers, as it was concluded."""


class ParticipationStated(
    ParticipationState, type="registration.participation.stated.v1", stated=True
):
    """An imported participation as it stands now."""


class OutsiderStated(OutsiderDescribed, type="registration.outsider.stated.v1", stated=True):
    """Another system that takes part, as it is described now."""


class AliasStated(AliasDescribed, type="registration.alias.stated.v1", stated=True):
    """What an outsider calls an officer or an activity of ours now."""


EVENTS: tuple[type[Event], ...] = (
    PartyDescribed,
    PersonDetailsChanged,
    PersonErased,
    StaffAssigned,
    ChannelAssigned,
    PartnerJoined,
    CallOpened,
    CallChanged,
    CallEnded,
    FocalPointInvited,
    DeadlineExtended,
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
    SelectionConcluded,
    BoardOpened,
    BoardClosed,
    ReviewerAppointed,
    ReviewerReminded,
    LotteryCommitted,
    SelectionRunPublished,
    SelectionRunProposed,
    SelectionRunOverridden,
    SelectionRunApproved,
    SelectionRunConcluded,
    SelectionRunEnded,
    OutcomeAnnounced,
    CorrectionAsked,
    IneligibilityAnnounced,
    ChangeRequestDescribed,
    ChangeAsked,
    ChangeDecisionAnnounced,
    ViabilityQuestioned,
    ViabilityDecided,
    EndAnnounced,
    WaitingListClosed,
    WaitingListClosureAnnounced,
    OtherRunDescribed,
    OtherRunOffered,
    FollowUpDescribed,
    FollowUpAsked,
    FollowUpReminded,
    SeatOffered,
    SeatTakenBack,
    SeatFreed,
    SeatHeld,
    SeatDecided,
    SeatDecisionAsked,
    ParticipationRecorded,
    ParticipationCorrected,
    ParticipationWithdrawn,
    ScreeningStarted,
    ScreeningDecided,
    OutsiderDescribed,
    AliasDescribed,
    PartyStated,
    PersonStated,
    StaffStated,
    ChannelStated,
    PartnerStated,
    CallStated,
    NominationStated,
    SelectionStated,
    ParticipationStated,
    OutsiderStated,
    AliasStated,
)

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

CALL_EVENTS: tuple[type[CallOpened], ...] = (CallOpened, CallChanged, CallEnded)

PARTICIPATION_EVENTS: tuple[type[ParticipationState], ...] = (
    ParticipationRecorded,
    ParticipationCorrected,
    ParticipationWithdrawn,
)
