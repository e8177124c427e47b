"""What becomes of a nominee, as those who ask for it are told."""

from typing import Any
from uuid import UUID

from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    CorrectionAsked,
    FollowUpAsked,
    FollowUpReminded,
    IneligibilityAnnounced,
    OfferEndAnnounced,
    OtherRunOffered,
    OutcomeAnnounced,
    SeatOffered,
    SeatTakenBack,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
)
from tests.services.notifications.facts import (
    COURSE,
    KARIM,
    LAYLA,
    LINK,
    REFERENCE,
    an_id,
    at,
    offered,
    told_to,
)


def outcome(person_id: UUID = KARIM) -> OutcomeAnnounced:
    """A focal point is told how the nominees fared."""
    return OutcomeAnnounced(
        call_id=an_id("call"),
        activity_id=COURSE,
        party="JO",
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        selected=3,
        waitlisted=1,
        link=LINK,
    )


def taken_back(person_id: UUID = LAYLA, **other: object) -> SeatTakenBack:
    """A seat is no more."""
    same = SeatTakenBack.model_fields.keys() & SeatOffered.model_fields.keys()
    told = {name: getattr(offered(person_id), name) for name in same}
    return SeatTakenBack(**{**told, **other})


def correction_asked(person_id: UUID = LAYLA) -> CorrectionAsked:
    """A focal point is to put a nomination right."""
    return CorrectionAsked(
        **_nominee(person_id),
        reason_code="details-missing",
        answer_by=at("2018-05-18T23:59"),
    )


def ineligibility(person_id: UUID = LAYLA) -> IneligibilityAnnounced:
    """A focal point learns that a nomination does not fit."""
    return IneligibilityAnnounced(**_nominee(person_id), reason_code="unit-required")


def offer_ended(person_id: UUID = LAYLA) -> OfferEndAnnounced:
    """A focal point learns that an officer does not take a seat."""
    return OfferEndAnnounced(**_nominee(person_id), reason="declined")


def change_asked(person_id: UUID = LAYLA) -> ChangeAsked:
    """A coordinator is to decide on a change."""
    return ChangeAsked(**_nominee(person_id), change="withdrawal")


def change_decided(person_id: UUID = LAYLA) -> ChangeDecisionAnnounced:
    """A focal point learns what was decided."""
    return ChangeDecisionAnnounced(**_nominee(person_id), change="withdrawal", accepted=False)


def other_run_offered(person_id: UUID = LAYLA) -> OtherRunOffered:
    """A focal point is offered another run for a nominee."""
    return OtherRunOffered(
        **_nominee(person_id),
        run_offer_id=an_id("run offer"),
        other_reference="AMM-2018-02",
        answer_by=at("2018-06-03T16:00"),
    )


def follow_up_asked(person_id: UUID = LAYLA) -> FollowUpAsked:
    """An officer with a seat is asked for details."""
    return FollowUpAsked(**_seated(person_id), answer_by=at("2018-06-10T23:59"))


def follow_up_reminded(person_id: UUID = LAYLA) -> FollowUpReminded:
    """An officer is reminded of the form."""
    return FollowUpReminded(**_seated(person_id), answer_by=at("2018-06-10T23:59"))


def of_a_letter(
    kind: type[VisaLetterAnnounced] | type[VisaLetterVoidAnnounced], person_id: UUID = LAYLA
) -> VisaLetterAnnounced | VisaLetterVoidAnnounced:
    """An officer is told of a letter of invitation."""
    return kind(**_seated(person_id))


def _nominee(person_id: UUID) -> dict[str, Any]:
    return _seated(person_id, recipient_id=KARIM, officer_reference="JO-014")


def _seated(person_id: UUID, **details: Any) -> dict[str, Any]:
    told = told_to(person_id, **details)
    del told["enrolment_id"]
    return {**told, "call_id": an_id("call"), "nomination_id": an_id(f"nomination {person_id}")}
