"""Every fact that causes a message, and what they need."""

from collections.abc import Sequence

from shared.contracts import Event
from shared.contracts.registration import (
    DeadlineExtended,
    EndAnnounced,
    ReviewerAppointed,
    ReviewerReminded,
    ViabilityQuestioned,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
)
from tests.services.notifications.facts import (
    KARIM,
    LAYLA,
    activity,
    invited,
    joining,
    offered,
    person,
)
from tests.services.notifications.facts_of_calls import (
    decision_asked,
    reviewing,
    told_of_a_call,
    waiting_list_closed,
)
from tests.services.notifications.facts_of_nominees import (
    change_asked,
    change_decided,
    correction_asked,
    follow_up_asked,
    follow_up_reminded,
    ineligibility,
    of_a_letter,
    offer_ended,
    other_run_offered,
    outcome,
    taken_back,
)
from tests.services.notifications.facts_of_places import (
    called_off,
    certificate,
    replaced,
    revoked,
    session_change,
)

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
