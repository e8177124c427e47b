"""What came in of nobody we know waits for a person, and is nobody's claim whatever it says."""

import json
from typing import Any

from services.scheduling.app import REACTIONS
from services.scheduling.tables import attendance
from shared.contracts.ingress import IngressAnswer
from shared.contracts.registration import PersonErased
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.transport import Delivery
from shared.tables import deferred
from tests.messaging.ingress.sent import structured
from tests.services.scheduling.building import Scheduling, an_id
from tests.services.scheduling.outsiders import (
    a_course_with_a_system,
    a_held_session,
    called,
    mark,
    tries,
)


async def comes_of_nobody(scheduling: Scheduling, said: Any) -> None:
    """A message whose sender the broker does not name."""
    dispatcher = Dispatcher(scheduling.service.context, REACTIONS)
    await dispatcher.dispatch(Delivery(structured(said, code="", address="unknown")))


async def test_what_nobody_sent_is_carried_out_for_nobody_though_it_is_replayed(
    scheduling: Scheduling,
) -> None:
    await a_held_session(scheduling, called("EMP-1", an_id("layla")))
    for said in ({**mark(), "outsider": "jo-hr", "replyto": None}, mark(2), b"not json"):
        await comes_of_nobody(scheduling, said)

    async with scheduling.client("admin") as admin:
        for letter in await scheduling.rows(deferred):
            await admin.post(f"/deadletters/{letter['id']}/replay")
    await tries(scheduling)

    letters = [(row["state"], row["reason"]) for row in await scheduling.rows(deferred)]
    assert letters == [("parked", "sender-is-nobody")] * 3
    assert await scheduling.rows(attendance) == []
    assert await scheduling.said(IngressAnswer) == []


async def test_what_nobody_sent_is_thrown_away_without_an_answer(scheduling: Scheduling) -> None:
    await a_course_with_a_system(scheduling)
    await comes_of_nobody(scheduling, {**mark(), "outsider": "jo-hr", "replyto": None})
    [letter] = await scheduling.rows(deferred)

    async with scheduling.client("admin") as admin:
        answer = await admin.post(f"/deadletters/{letter['id']}/discard")

    assert answer.status_code == 204
    assert await scheduling.rows(deferred) == []
    assert await scheduling.said(IngressAnswer) == []


async def test_what_nobody_sent_of_an_officer_goes_when_they_are_erased(
    scheduling: Scheduling,
) -> None:
    await a_course_with_a_system(scheduling)
    await scheduling.hears(called("EMP-1", an_id("layla")))
    for said in (mark(1), mark(1)["data"], mark(2, officer="EMP-2"), b"not json", b"[]"):
        await comes_of_nobody(scheduling, said)

    await scheduling.hears(PersonErased(person_id=an_id("layla")))

    left = sorted(row["body"] for row in await scheduling.rows(deferred))
    assert left == sorted([json.dumps(mark(2, officer="EMP-2")).encode(), b"not json", b"[]"])
