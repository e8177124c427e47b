"""What a service keeps of what others told comes back by what they announce."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from services.notifications.announced import KINDS as OF_NOTIFICATIONS
from services.notifications.handlers.causes import when_somebody_is_concerned_tell_them
from services.registration.announced import KINDS as OF_REGISTRATION
from services.registration.handlers import (
    when_a_service_has_forgotten_note_its_receipt,
    when_seat_is_freed_offer_it_to_the_next_who_keeps_every_quota,
)
from services.registration.received import keep_answers
from services.scheduling.announced import KINDS as OF_SCHEDULING
from shared.contracts import CONTRACTS, Event
from shared.contracts.registration import CallEnded, CallStated, ErasureStated, PersonErased
from shared.contracts.scheduling import (
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    CertificateStated,
    JoiningInstructionsIssued,
    JoiningInstructionsStated,
)
from shared.contracts.stated import stated_as
from shared.messaging.reactions import Reaction
from tests.architecture.test_listeners import SERVICES

pytestmark = pytest.mark.gate
ANNOUNCED = {kind.stated for kind in (*OF_REGISTRATION, *OF_SCHEDULING, *OF_NOTIFICATIONS)}
COMES_BACK_AS: Mapping[type[Event], type[Event]] = MappingProxyType(
    {
        CallEnded: CallStated,
        CertificateIssued: CertificateStated,
        CertificateReplaced: CertificateStated,
        CertificateRevoked: CertificateStated,
        JoiningInstructionsIssued: JoiningInstructionsStated,
        PersonErased: ErasureStated,
    }
)
"""Facts that each have an effect of their own, and are kept."""
KEEP_NOTHING_OF_OTHERS = {
    when_somebody_is_concerned_tell_them,  # a message: its receiver is asked for it by its key
    when_seat_is_freed_offer_it_to_the_next_who_keeps_every_quota,  # registration's own fact
    when_a_service_has_forgotten_note_its_receipt,  # who hears of an erasure again answers again
    keep_answers,  # of another system's event, which may be sent again
}


def comes_back(reaction: Reaction, types: frozenset[str]) -> bool:
    """Whether the service is told again what this reaction keeps."""
    stated = COMES_BACK_AS.get(reaction.event_type) or stated_as(reaction.event_type)
    return stated in ANNOUNCED and stated is not None and stated.type in types


@pytest.mark.parametrize("name", SERVICES)
def test_whatever_a_service_keeps_of_others_is_announced_to_it(name: str) -> None:
    reactions = SERVICES[name]
    own = [reactions.to(one).get(name) for one in sorted(reactions.types & CONTRACTS.keys())]

    lost = [
        one.event_type.type
        for one in own
        if one
        and not one.event_type.stated
        and one.handler not in KEEP_NOTHING_OF_OTHERS
        and not comes_back(one, reactions.types)
    ]

    assert lost == []
