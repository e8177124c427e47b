"""Facts of a small invented course in Amman, with what does not matter left out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from shared.calendar import Weekend, WorkingCalendar
from shared.contracts import Event
from shared.contracts.event import Planned
from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    CorrectionAsked,
    DeadlineExtended,
    EndAnnounced,
    FocalPointInvited,
    FollowUpAsked,
    FollowUpReminded,
    IneligibilityAnnounced,
    OfferEndAnnounced,
    OtherRunOffered,
    OutcomeAnnounced,
    PersonDetailsChanged,
    ReviewerAppointed,
    ReviewerAsked,
    ReviewerReminded,
    SeatDecisionAsked,
    SeatOffered,
    SeatTakenBack,
    ViabilityQuestioned,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
    WaitingListClosureAnnounced,
)
from shared.contracts.scheduling import (
    ActivityDescribed,
    CalendarDescribed,
    CancellationAnnounced,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    EnrolmentCancelled,
    JoiningInstructionsIssued,
    OfficerEnrolled,
    SessionChangeAnnounced,
    SessionChanged,
    SessionScheduled,
)

REFERENCE = "AMM-2018-01"
TITLE = "Combating human trafficking"
LINK = "https://cadre.example/scheduling/joining/c0de"


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(UUID(int=0), name)


COURSE, PROJECT, LAYLA, KARIM = (an_id(name) for name in ("course", "project", "layla", "karim"))


def at(local: str, zone: str = "Asia/Amman") -> Planned:
    """A planned time."""
    wall = datetime.fromisoformat(local)
    return Planned(local=wall, zone=zone, instant=wall.replace(tzinfo=ZoneInfo(zone)))


def person(person_id: UUID = LAYLA, **details: Any) -> PersonDetailsChanged:
    """Somebody who reads mail in English."""
    known = {"email": f"{str(person_id)[:8]}@police.example", "calendar_country": "JO"}
    return PersonDetailsChanged(person_id=person_id, **{**known, **details})


def activity(**details: Any) -> ActivityDescribed:
    """The course: discreet, unless said otherwise."""
    known: dict[str, Any] = {
        "activity_id": COURSE,
        "project_id": PROJECT,
        "reference": REFERENCE,
        "kind": "course",
        "delivery": "classroom",
        "names": {"en": TITLE, "ar": "مكافحة الاتجار بالبشر"},
        "visibility": "discreet",
        "zone": "Asia/Amman",
        "starts_on": date(2018, 6, 24),
        "ends_on": date(2018, 6, 28),
        "city": {"en": "Amman", "ar": "عمّان"},
        "minimum_attendance": 80,
    }
    return ActivityDescribed(**{**known, **details})


def scheduled(
    starts: str = "2018-06-24T09:00", number: int = 1, **details: Any
) -> SessionScheduled:
    """A session of the course."""
    return SessionScheduled(**_session(starts, number), **details)


def moved(starts: str, number: int = 1, **details: Any) -> SessionChanged:
    """The same session at another time."""
    return SessionChanged(**_session(starts, number), **details)


def enrolled(person_id: UUID = LAYLA) -> OfficerEnrolled:
    """An officer has a place."""
    return OfficerEnrolled(**_enrolment(person_id), status="enrolled")


def no_longer_enrolled(person_id: UUID = LAYLA) -> EnrolmentCancelled:
    """An officer gave the place back."""
    return EnrolmentCancelled(**_enrolment(person_id), status="cancelled")


def joining(person_id: UUID = LAYLA, **details: Any) -> JoiningInstructionsIssued:
    """An officer is told how to join."""
    return JoiningInstructionsIssued(**_told(person_id, **details), starts=at("2018-06-24T09:00"))


def offered(person_id: UUID = LAYLA, **details: Any) -> SeatOffered:
    """A seat waits for an answer."""
    told = _told(person_id, **details)
    del told["enrolment_id"]
    return SeatOffered(
        **told,
        offer_id=an_id(f"offer {person_id}"),
        nomination_id=an_id(f"nomination {person_id}"),
        call_id=an_id("call"),
        answer_by=at("2018-06-03T16:00"),
    )


def invited(person_id: UUID = KARIM, **details: Any) -> FocalPointInvited:
    """A focal point is asked to nominate."""
    known: dict[str, Any] = {"visibility": "discreet", **details}
    return FocalPointInvited(
        **known,
        invitation_id=an_id(f"invitation {person_id}"),
        call_id=an_id("call"),
        activity_id=COURSE,
        party="JO",
        person_id=person_id,
        reference=REFERENCE,
        deadline=at("2018-05-20T16:00"),
        link=LINK,
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


def called_off(person_id: UUID = KARIM) -> CancellationAnnounced:
    """Who was to teach is told that the activity does not take place."""
    return CancellationAnnounced(
        activity_id=COURSE,
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        link=LINK,
    )


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


def change_asked(person_id: UUID = LAYLA) -> ChangeAsked:
    """A coordinator is to decide on a change."""
    return ChangeAsked(**_nominee(person_id), change="withdrawal")


def change_decided(person_id: UUID = LAYLA) -> ChangeDecisionAnnounced:
    """A focal point learns what was decided."""
    return ChangeDecisionAnnounced(**_nominee(person_id), change="withdrawal", accepted=False)


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
    told = _told(person_id)
    del told["enrolment_id"]
    return FollowUpAsked(
        **told,
        call_id=an_id("call"),
        nomination_id=an_id(f"nomination {person_id}"),
        answer_by=at("2018-06-10T23:59"),
    )


def follow_up_reminded(person_id: UUID = LAYLA) -> FollowUpReminded:
    """An officer is reminded of the form."""
    told = _told(person_id)
    del told["enrolment_id"]
    return FollowUpReminded(
        **told,
        call_id=an_id("call"),
        nomination_id=an_id(f"nomination {person_id}"),
        answer_by=at("2018-06-10T23:59"),
    )


def of_a_letter(
    kind: type[VisaLetterAnnounced] | type[VisaLetterVoidAnnounced], person_id: UUID = LAYLA
) -> VisaLetterAnnounced | VisaLetterVoidAnnounced:
    """An officer is told of a letter of invitation."""
    told = _told(person_id)
    del told["enrolment_id"]
    return kind(**told, call_id=an_id("call"), nomination_id=an_id(f"nomination {person_id}"))


def session_change(person_id: UUID = LAYLA) -> SessionChangeAnnounced:
    """An officer is told of a changed room."""
    return SessionChangeAnnounced(
        **_told(person_id), session_id=an_id("session 1"), changed=("room",)
    )


def certificate(person_id: UUID = LAYLA) -> CertificateIssued:
    """An officer is thanked."""
    issued = at("2018-06-28T16:00").instant
    certificate_id = an_id(f"certificate {person_id}")
    return CertificateIssued(**_told(person_id), certificate_id=certificate_id, issued_at=issued)


def replaced(person_id: UUID = LAYLA) -> CertificateReplaced:
    """An officer has a certificate again, after a correction."""
    first = certificate(person_id)
    another = an_id(f"another certificate {person_id}")
    details = first.model_dump(exclude={"certificate_id"})
    return CertificateReplaced(**details, certificate_id=another, replaces=first.certificate_id)


def revoked(person_id: UUID = LAYLA) -> CertificateRevocationAnnounced:
    """An officer is told that a certificate no longer stands."""
    certificate_id = an_id(f"certificate {person_id}")
    return CertificateRevocationAnnounced(**_told(person_id), certificate_id=certificate_id)


def calendar(country: str, weekend: Sequence[int]) -> CalendarDescribed:
    """The working week of a country, with these days off (Monday is 1)."""
    week = WorkingCalendar(weekends=(Weekend(date(2000, 1, 1), frozenset(weekend)),))
    return CalendarDescribed(country=country, calendar=week.to_json())


def _session(starts: str, number: int) -> dict[str, Any]:
    return {
        "session_id": an_id(f"session {number}"),
        "activity_id": COURSE,
        "number": number,
        "starts": at(starts),
        "ends": at(starts.replace("T09", "T11")),
        "module": {"en": "The victim's perspective"},
    }


def _enrolment(person_id: UUID) -> dict[str, Any]:
    return {
        "enrolment_id": an_id(f"enrolment {person_id}"),
        "activity_id": COURSE,
        "project_id": PROJECT,
        "nomination_id": an_id(f"nomination {person_id}"),
        "person_id": person_id,
        "party": "JO",
        "sex": "female",
        "unit": "immigration",
    }


def _nominee(person_id: UUID) -> dict[str, Any]:
    told = _told(person_id, recipient_id=KARIM, officer_reference="JO-014")
    del told["enrolment_id"]
    return {**told, "call_id": an_id("call"), "nomination_id": an_id(f"nomination {person_id}")}


def _told(person_id: UUID, **details: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "enrolment_id": an_id(f"enrolment {person_id}"),
        "activity_id": COURSE,
        "party": "JO",
        "person_id": person_id,
        "recipient_id": person_id,
        "reference": REFERENCE,
        "visibility": "discreet",
        "link": LINK,
    }
    return {**known, **details}


JORDAN = calendar("JO", (5, 6))
MOROCCO = calendar("MA", (6, 7))
EMIRATES = calendar("AE", (5, 6))
EVERYTHING: Sequence[Event] = (
    person(KARIM),
    person(LAYLA, wants_sms=True, phone="+962790000001"),
    activity(),
    invited(),
    outcome(),
    offered(),
    decision_asked(),
    correction_asked(),
    ineligibility(),
    offer_ended(),
    change_asked(),
    change_decided(),
    taken_back(),
    told_of_a_call(DeadlineExtended, deadline=invited().deadline),
    told_of_a_call(EndAnnounced),
    told_of_a_call(ViabilityQuestioned, minimum_seats=15, filled=11),
    waiting_list_closed(),
    other_run_offered(),
    follow_up_asked(),
    follow_up_reminded(),
    of_a_letter(VisaLetterAnnounced),
    of_a_letter(VisaLetterVoidAnnounced),
    session_change(),
    called_off(),
    certificate(),
    revoked(),
    replaced(),
    joining(),
    reviewing(ReviewerAppointed),
    reviewing(ReviewerReminded),
)
"""Every fact that causes a message, and what they need."""
