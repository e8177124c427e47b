"""Other systems send events by HTTP, one or many, and ask what became of each."""

import json
from typing import Any

import pytest

from services.registration.app import REACTIONS
from services.registration.tables import received_event
from shared.contracts.ingress import IngressEventHeld, IngressEventRefused, IngressFault
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.ingress.reading import spelled
from shared.messaging.relay import pack_rows
from shared.messaging.transport import Delivery, Exchange
from shared.tables import audit, outbox
from shared.web.json_gate import DEEPEST_NESTING
from tests.messaging.ingress.sent import NOMINATION, STRUCTURED
from tests.services.registration.building import Registration
from tests.services.registration.outsiders import (
    a_course_with_a_system,
    asking,
    batch,
    nomination,
    takes_part,
)

BATCH = "application/cloudevents-batch+json"
EVENTS = "/ingress/events"


async def carried(registration: Registration) -> None:
    """Have the relay's messages of ingress arrive, and the answers after them."""
    for packed in pack_rows(await _waiting(registration)):
        if packed.message.exchange is Exchange.INGRESS:
            await Dispatcher(registration.service.context, REACTIONS).dispatch(
                Delivery(packed.message)
            )
    for packed in pack_rows(await _waiting(registration)):
        if packed.message.exchange is Exchange.INTERNAL:
            await registration.receives(packed.message.type, packed.message.body[1:-1])
    async with registration.database.writing() as connection:
        await connection.execute(outbox.delete())


async def test_an_event_is_taken_carried_out_and_accepted(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    await emptied(registration)

    async with asking(registration) as system:
        answer = await system.post(EVENTS, json=nomination(), headers=typed(STRUCTURED))
        place = answer.headers["location"]
        before = (await system.get(place)).json()
        await carried(registration)
        after = (await system.get(place)).json()

    assert answer.status_code == 202
    assert answer.json() == {"items": [{"subject": "n-7", "href": place}]}
    assert (before["state"], after["state"], after["faults"]) == ("received", "accepted", [])
    assert after["id"]
    assert await course.standing() == {"EMP-7": "submitted"}


async def test_the_relay_is_woken_for_what_was_sent(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    signals = registration.service.context.signals
    signals.outbox.clear()

    async with asking(registration) as system:
        await system.post(EVENTS, json=nomination(), headers=typed(STRUCTURED))

    assert signals.outbox.is_set()


async def test_a_binary_event_is_as_good(registration: Registration) -> None:
    course = await a_course_with_a_system(registration)
    await emptied(registration)
    said = {**nomination(), "id": "n 7/é"}
    names = ("specversion", "source", "type", "time")
    headers = {f"ce-{name}": said[name] for name in names} | {"ce-id": "n%207/%C3%A9"}

    async with asking(registration) as system:
        answer = await system.post(
            EVENTS, content=json.dumps(said["data"]), headers={**headers, **typed("")}
        )
        await carried(registration)
        shown = (await system.get(answer.headers["location"])).json()

    assert (shown["subject"], shown["state"]) == ("n 7/é", "accepted")
    assert len(await course.standing()) == 1


async def test_each_event_of_a_batch_has_its_own_fate(registration: Registration) -> None:
    await a_course_with_a_system(registration)
    await emptied(registration)
    nameless = {name: value for name, value in nomination(9).items() if name != "id"}
    events = (nomination(7), nomination(8, activity="NO-SUCH"), nameless, {"id": "odd"})

    async with asking(registration) as system:
        answer = await system.post(EVENTS, content=batch(*events), headers=typed(BATCH))
        await carried(registration)
        shown = [(await system.get(one["href"])).json() for one in answer.json()["items"]]

    assert answer.status_code == 202
    assert [one["state"] for one in shown] == ["accepted", "refused", "refused", "refused"]
    assert shown[1]["faults"][1] == {"code": "not-known", "field": "data.activity"}
    assert shown[2]["subject"].startswith("sha256:")
    assert {"code": "missing", "field": "id"} in shown[2]["faults"]


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"not json", STRUCTURED, 400, "body-is-not-json"),
        (b"[]", STRUCTURED, 400, "not-an-event"),
        (b"{}", BATCH, 400, "not-an-event"),
        (b"[]", BATCH, 400, "not-an-event"),
        (b'{"a":1,"a":2}', STRUCTURED, 400, "json-has-duplicate-keys"),
        (b'{"a":NaN}', STRUCTURED, 400, "json-number-is-not-finite"),
        (b'{"a":"\\ud800"}', STRUCTURED, 400, "text-is-not-clean"),
        (b"[" * 5000, STRUCTURED, 400, "json-is-too-deep"),
        (b'"' + b"x" * 300_000 + b'"', STRUCTURED, 413, "body-is-too-large"),
        (b"[" + b"{}," * 100 + b"{}]", BATCH, 413, "body-is-too-large"),
        (b"{}", "application/json", 415, "content-type-is-not-cloud-events"),
        (b"a,b", "text/csv", 415, "content-type-is-not-cloud-events"),
    ],
)
async def test_what_is_not_even_an_event_is_a_problem(
    registration: Registration, content: bytes, media_type: str, status: int, code: str
) -> None:
    await a_course_with_a_system(registration)

    async with asking(registration) as system:
        answer = await system.post(EVENTS, content=content, headers=typed(media_type))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await registration.rows(received_event) == []


@pytest.mark.parametrize("key", ["", "jo-hr", "jo-hr.another", "tn-hr.a-key", "x" * 5000])
async def test_nothing_is_taken_or_told_without_the_right_key(
    registration: Registration, key: str
) -> None:
    await a_course_with_a_system(registration)

    async with asking(registration, key) as stranger:
        sent = await stranger.post(EVENTS, content=b"not json", headers=typed(STRUCTURED))
        asked = await stranger.get(f"{EVENTS}/n-7")

    assert (sent.status_code, asked.status_code) == (401, 401)


async def test_what_became_of_an_event_is_told_to_its_sender_alone(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await takes_part(registration, "tn-hr", parties=["TN"])

    async with asking(registration) as system, asking(registration, "tn-hr.a-key") as other:
        answer = await system.post(EVENTS, json=nomination(), headers=typed(STRUCTURED))
        place = answer.headers["location"]
        theirs = await other.get(place)
        own = await system.get(place)

    assert (theirs.status_code, own.status_code) == (404, 200)


async def test_answers_of_other_services_are_told_too_and_a_late_one_changes_nothing(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    about = {"outsider": "jo-hr", "subject": "a-1", "event_type": "external.attendance.recorded.v1"}
    faults = (IngressFault(code="not-known", field="data.officer"),)
    held, refused = (
        kind(**about, faults=faults) for kind in (IngressEventHeld, IngressEventRefused)
    )

    await registration.hears(refused, sequence=2)
    await registration.hears(held, sequence=1)
    async with asking(registration) as system:
        shown = (await system.get(f"{EVENTS}/a-1")).json()

    assert (shown["state"], shown["faults"]) == ("refused", [faults[0].model_dump()])


async def test_what_was_said_is_not_kept_and_the_request_is_on_record(
    registration: Registration,
) -> None:
    await a_course_with_a_system(registration)
    await emptied(registration)

    async with asking(registration) as system:
        await system.post(EVENTS, json=nomination(), headers=typed(STRUCTURED))
    staged = [row["type"] for row in await registration.rows(outbox)]
    await carried(registration)

    assert staged == [NOMINATION]
    assert "Rania" not in str(await registration.rows(received_event))
    lines = [one for one in await registration.rows(audit) if one["role"] == "outsider"]
    assert [(one["subject"], one["action"]) for one in lines] == [("outsider:jo-hr", "send-events")]


async def emptied(registration: Registration) -> None:
    async with registration.database.writing() as connection:
        await connection.execute(outbox.delete())


async def _waiting(registration: Registration) -> list[Any]:
    async with registration.database.reading() as connection:
        rows = await connection.execute(outbox.select().order_by(outbox.c.position))
        return list(rows)


def typed(media_type: str) -> dict[str, str]:
    return {"content-type": media_type or "application/json"}


async def test_what_was_taken_at_the_door_is_read_by_its_owner_however_it_is_spelled(
    registration: Registration,
) -> None:
    course = await a_course_with_a_system(registration)
    await emptied(registration)
    names = ("specversion", "source", "type", "time", "id")
    said = {**nomination(), "id": "n-8"}
    deep = json.loads("[" * DEEPEST_NESTING + "]" * DEEPEST_NESTING)
    numbers = spelled(filled(nomination(), "n-7", [0])).replace(b"[0]", NUMBERS)
    letters = filled({**nomination(), "id": "n-9"}, "n-9", "\u0639" * 100_000)

    async with asking(registration) as system:
        for content, headers in (
            (numbers, typed(STRUCTURED)),
            (
                json.dumps(filled(said, "n-8", deep)["data"]).encode(),
                {**typed("application/json"), **{f"ce-{name}": said[name] for name in names}},
            ),
            (spelled([letters]), typed(BATCH)),
        ):
            answer = await system.post(EVENTS, content=content, headers=headers)
            assert answer.status_code == 202, answer.text
        await carried(registration)
        states = [(await system.get(f"{EVENTS}/n-{number}")).json() for number in (7, 8, 9)]

    assert [(one["state"], one["faults"]) for one in states] == [("accepted", [])] * 3
    assert len(await course.standing()) == 3


NUMBERS = b"[" + b",".join([b"1"] * 120_000) + b"]"
"""240 kB as it is sent; more than the gate takes with a blank after each."""


def filled(said: dict[str, Any], identity: str, filling: Any) -> dict[str, Any]:
    """An event that says a great deal which this version does not know."""
    number = identity.removeprefix("n-")
    officer = {**said["data"]["officer"], "reference": f"EMP-{number}"}
    data = {**said["data"], "officer": officer, "priority": int(number), "later": filling}
    return {**said, "id": identity, "data": data}
