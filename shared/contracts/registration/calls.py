"""Calls: opened, changed, ended, and who is told of it."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    Instant,
    Part,
    PartyCode,
    Planned,
    Visibility,
)


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


CALL_EVENTS: tuple[type[CallOpened], ...] = (CallOpened, CallChanged, CallEnded)


OF_CALLS: tuple[type[Event], ...] = (
    CallOpened,
    CallChanged,
    CallEnded,
    FocalPointInvited,
    DeadlineExtended,
    ViabilityQuestioned,
    ViabilityDecided,
    EndAnnounced,
)
