"""Seats: offered, freed, held, decided, taken back."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    PartyCode,
    Planned,
    Secret,
    Visibility,
)


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


OF_SEATS: tuple[type[Event], ...] = (
    SeatOffered,
    SeatTakenBack,
    SeatFreed,
    SeatHeld,
    SeatDecided,
    SeatDecisionAsked,
)
