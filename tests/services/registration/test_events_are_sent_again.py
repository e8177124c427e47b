"""Other systems send an event again, because an answer was lost or by mistake."""

import json
from typing import Any

from sqlalchemy import func, select

from services.registration.tables import received_event
from shared.tables import outbox
from tests.messaging.ingress.sent import STRUCTURED
from tests.services.registration.building import Registration
from tests.services.registration.outsiders import a_course_with_a_system, asking, nomination
from tests.services.registration.test_events_are_sent_by_http import (
    EVENTS,
    carried,
    emptied,
    typed,
)


async def test_the_same_event_again_has_its_effect_once(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    await emptied(registration)

    async with asking(registration) as system:
        for _ in range(2):
            answer = await system.post(EVENTS, json=nomination(), headers=typed(STRUCTURED))
            await carried(registration)
        shown = (await system.get(answer.headers["location"])).json()

    assert shown["state"] == "accepted"
    assert len(await course.standing()) == 1


async def test_a_request_repeated_under_its_key_gets_its_first_answer(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    headers = {**typed(STRUCTURED), "Idempotency-Key": "batch-1"}

    async with asking(registration) as system:
        first = await system.post(EVENTS, json=nomination(), headers=headers)
        sent = await _outgoing(registration)
        again = await system.post(EVENTS, json=nomination(), headers=headers)

    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert await _outgoing(registration) == sent


async def test_a_key_belongs_to_one_request(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    said = nomination()
    headers = {**_binary(said, "n-7"), "Idempotency-Key": "one"}

    async with asking(registration) as system:
        await system.post(EVENTS, content=json.dumps(said["data"]), headers=headers)
        other_id = {**headers, "ce-id": "n-8"}
        other = await system.post(EVENTS, content=json.dumps(said["data"]), headers=other_id)

    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"
    assert await _received(registration) == 1


def _binary(said: dict[str, Any], subject: str) -> dict[str, str]:
    names = ("specversion", "source", "type", "time")
    return {f"ce-{name}": said[name] for name in names} | {"ce-id": subject, **typed("")}


async def _outgoing(registration: Registration) -> int:
    return await _number(registration, outbox)


async def _received(registration: Registration) -> int:
    return await _number(registration, received_event)


async def _number(registration: Registration, table: Any) -> int:
    async with registration.database.reading() as connection:
        found = await connection.execute(select(func.count()).select_from(table))
        return int(found.scalar_one())
