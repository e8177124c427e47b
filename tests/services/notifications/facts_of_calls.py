"""How a call goes on, as focal points, coordinators and reviewers are told."""

from uuid import UUID

from shared.contracts import Event
from shared.contracts.registration import (
    ReviewerAsked,
    SeatDecisionAsked,
    WaitingListClosureAnnounced,
)
from tests.services.notifications.facts import COURSE, KARIM, LINK, REFERENCE, an_id, at


def told_of_a_call(kind: type[Event], person_id: UUID = KARIM, **more: object) -> Event:
    """A focal point or a coordinator is told how a call goes on."""
    told = {
        "call_id": an_id("call"),
        "activity_id": COURSE,
        "party": "JO",
        "person_id": person_id,
        "reference": REFERENCE,
        "visibility": "discreet",
        "link": LINK,
    }
    return kind.model_validate({**told, **more})


def decision_asked(person_id: UUID = KARIM) -> SeatDecisionAsked:
    """A coordinator is asked to decide on a seat."""
    return SeatDecisionAsked(
        call_id=an_id("call"),
        offer_id=an_id("offer"),
        activity_id=COURSE,
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        seat=7,
        link=LINK,
    )


def reviewing(kind: type[ReviewerAsked], person_id: UUID = KARIM) -> ReviewerAsked:
    """A person on a board is asked for scores."""
    return kind(
        reviewer_id=an_id(f"reviewer {person_id}"),
        call_id=an_id("call"),
        activity_id=COURSE,
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        scores_until=at("2018-05-20T16:00"),
        link=LINK,
    )


def waiting_list_closed(person_id: UUID = KARIM) -> WaitingListClosureAnnounced:
    """A focal point learns that nobody waits any more."""
    return WaitingListClosureAnnounced(
        call_id=an_id("call"),
        activity_id=COURSE,
        party="JO",
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        not_selected=2,
        link=LINK,
    )
