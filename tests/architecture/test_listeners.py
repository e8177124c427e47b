"""The table of listeners says what the services really listen to."""

import pytest

from services.notifications.app import REACTIONS as NOTIFICATIONS
from services.registration.app import REACTIONS as REGISTRATION
from services.reporting.app import REACTIONS as REPORTING
from services.scheduling.app import REACTIONS as SCHEDULING
from shared.contracts import CONTRACTS, EXTERNAL
from shared.contracts.external import OWNERS
from shared.contracts.listeners import LISTENERS
from shared.messaging.reactions import Reactions

pytestmark = pytest.mark.gate
SERVICES = {
    "registration": REGISTRATION,
    "scheduling": SCHEDULING,
    "notifications": NOTIFICATIONS,
    "reporting": REPORTING,
}


@pytest.mark.parametrize("name", SERVICES)
def test_the_table_of_listeners_is_what_each_service_listens_to(name: str) -> None:
    reactions: Reactions = SERVICES[name]

    told = set(LISTENERS[name])

    assert told == reactions.types & CONTRACTS.keys()


def test_what_outsiders_send_is_taken_by_its_owner_and_by_nobody_else() -> None:
    taken = {
        event_type: name
        for name, reactions in SERVICES.items()
        for event_type in reactions.types & EXTERNAL.keys()
    }

    assert taken == OWNERS
