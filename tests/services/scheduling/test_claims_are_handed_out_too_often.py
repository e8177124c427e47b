"""What other systems say is tried by itself when the broker hands it out again and again."""

from datetime import timedelta

import pytest

from services.scheduling.tables import attendance
from shared.contracts.ingress import IngressAnswer, IngressEventHeld
from shared.messaging import deferred as setbacks
from shared.messaging.transport import DELIVERY_LIMIT
from shared.tables import deferred
from tests.messaging.lethal import ends_whoever_tries
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    called,
    mark,
    sends,
    tries,
)


async def test_a_message_handed_out_too_often_takes_effect_by_itself(
    scheduling: Scheduling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setbacks, "FIRST_DELAY", timedelta())
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))

    none = await sends(scheduling, mark(), times=DELIVERY_LIMIT + 1)
    await tries(scheduling)

    assert none == []
    assert len(await scheduling.rows(attendance)) == 1
    assert await scheduling.rows(deferred) == []


async def test_a_message_that_ends_whoever_tries_it_is_parked_and_its_sender_told(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    await sends(scheduling, mark(), times=DELIVERY_LIMIT + 1)

    await ends_whoever_tries(scheduling.service.context)

    [letter] = await scheduling.rows(deferred)
    [answer] = await scheduling.said(IngressAnswer)
    assert isinstance(answer, IngressEventHeld)
    assert (letter["state"], answer.faults[0].code) == ("parked", "waits-for-person")
