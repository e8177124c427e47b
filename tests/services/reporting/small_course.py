"""A course with four nominees of three parties, two of whom take part; all of it is invented."""

from shared.contracts import Event
from shared.contracts.notifications import MessageSettled
from shared.contracts.registration import (
    NominationDeclined,
    NominationSelected,
    NominationSubmitted,
    NominationWaitlisted,
    SelectionConcluded,
)
from shared.contracts.scheduling import EnrolmentFailed
from tests.services.reporting.facts import (
    ACTIVITY,
    CALL,
    PROJECT,
    Officer,
    a_call,
    a_channel,
    a_party,
    a_project,
    a_session,
    an_activity,
    an_id,
    staff,
)

AMAL = Officer("Amal", "JO", "female")
BASEL = Officer("Basel", "JO", "male", "counter_smuggling")
CHAFIK = Officer("Chafik", "MA", "male")
DINA = Officer("Dina", "TN", "female")


def small_course() -> list[Event]:
    """Everything that happened, from the project to the certificate, in order."""
    return [
        a_project(),
        an_activity(),
        a_party("JO", "Jordan", "الأردن"),
        a_party("MA", "Morocco", "المغرب"),
        a_party("TN", "Tunisia", "تونس"),
        staff("coordinator", "coordinator"),
        a_channel("JO", "nfp-jo"),
        *(a_session(day) for day in (24, 25, 26)),
        a_call("JO", "MA", "TN", "EG"),
        *AMAL.seated(),
        *BASEL.seated(),
        *(CHAFIK.nominated(kind) for kind in (NominationSubmitted, NominationSelected)),
        CHAFIK.nominated(NominationDeclined),
        *(DINA.nominated(kind) for kind in (NominationSubmitted, NominationWaitlisted)),
        _concluded(),
        AMAL.offered(),
        AMAL.enrolled(),
        BASEL.enrolled(),
        *(AMAL.attended(day) for day in (24, 25, 26)),
        AMAL.attended(25, session=2),
        BASEL.attended(24, "late"),
        BASEL.attended(25, "excused"),
        BASEL.attended(26, "absent"),
        AMAL.completed(),
        BASEL.enrolled(EnrolmentFailed),
        AMAL.certified(),
        _told("Amal", "seat_offered"),
        _told("Chafik", "seat_offered"),
        _told("nfp-jo", "call_opened"),
    ]


def _concluded() -> SelectionConcluded:
    return SelectionConcluded(
        call_id=CALL,
        activity_id=ACTIVITY,
        project_id=PROJECT,
        seats=25,
        nominated=4,
        selected=3,
        waitlisted=1,
        pool_digest="0" * 64,
    )


def _told(name: str, message: str) -> MessageSettled:
    return MessageSettled(
        message_key=f"{message} {name}",
        person_id=an_id(name),
        message=message,
        channel="email",
        status="sent",
        activity_id=ACTIVITY,
    )
