"""What other systems send has its effect once and is answered once, whatever comes beside it."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import aio_pika
import pytest_asyncio
from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import CONTRACTS, Claim, decode
from shared.contracts.external import ExternalAttendanceRecorded
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventHeld,
    IngressEventRefused,
)
from shared.contracts.registration import SeatFreed
from shared.messaging.rabbit.topology import declare_queues
from shared.messaging.reactions import Reactions, each, external
from shared.messaging.transport import Exchange, Message
from shared.outsiders import outsider
from shared.refusals import Fault, HeldForPerson
from shared.tables import deferred, outbox
from shared.worker import Worker
from tests.messaging.ingress.sent import ATTENDANCE, STRUCTURED, binary, event
from tests.messaging.rig import Rig, effect, freed_seat, note_a_freed_seat, over_rabbitmq

FLOOD, WORK, POISON = 200, 60, 20
"""Several times what a worker takes in hand at once."""


async def note_attendance(work: Work, claim: Claim[ExternalAttendanceRecorded]) -> Outcome:
    """The effect of one mark; of nobody's, none."""
    if claim.event.officer == "NOBODY":
        raise HeldForPerson(faults=[Fault("officer", "not-known", "Nobody knows them.")])
    what = f"{claim.outsider} {claim.event.officer}"
    await work.connection.execute(effect.insert().values(what=what))
    return None


REACTIONS = Reactions(
    "scheduling",
    [each(SeatFreed, note_a_freed_seat), external(ExternalAttendanceRecorded, note_attendance)],
)


@pytest_asyncio.fixture
async def door(rig: Rig) -> Rig:
    """Scheduling also takes what two systems send."""
    rig.reactions = REACTIONS
    await rig.bind("scheduling", REACTIONS.types)
    for code, party in (("jo-hr", "JO"), ("tn-hr", "TN")):
        row = {"code": code, "parties": [party], "sends": [ATTENDANCE], "receives": []}
        async with rig.listener.database.writing() as connection:
            state = {"state": "active", "key_digest": None, "sequence": 1}
            await connection.execute(outsider.insert().values(**row, **state))
    return rig


def mark(number: int, **data: Any) -> dict[str, Any]:
    """One mark of an officer of this number."""
    told = {"officer": f"EMP-{number}", **data}
    return {**event(ATTENDANCE, **told), "id": f"a-{number}"}


def message(said: Any, code: str = "jo-hr") -> Message:
    """As it goes to the exchange of ingress."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Message(ATTENDANCE, body, Exchange.INGRESS, code)


async def answers(door: Rig) -> list[Any]:
    """What scheduling has answered so far."""
    return [decode(row.body, CONTRACTS[row.type]).event for row in await _answered(door)]


async def waits_for_answers(door: Rig, number: int) -> list[Any]:
    """What scheduling has answered, when it is so many."""
    async with asyncio.timeout(90):
        while len(await _answered(door)) < number:
            await asyncio.sleep(0.05)
    return await answers(door)


async def _answered(door: Rig) -> Sequence[Any]:
    query = select(outbox).where(outbox.c.type.like("ingress.%")).order_by(outbox.c.position)
    async with door.listener.database.reading() as connection:
        return (await connection.execute(query)).all()


async def test_a_flood_is_carried_out_once_beside_real_work(door: Rig) -> None:
    seats = [freed_seat() for _ in range(WORK)]
    flood = [message(mark(number)) for number in range(FLOOD)]
    poison = [message(b"not json %d" % number) for number in range(POISON)]
    again = flood[::10]

    async with door.running():
        sent = await door.transport.publish([*flood, *poison])
        await door.tell(*seats)
        await door.transport.publish(again)
        told = await waits_for_answers(door, FLOOD + POISON + len(again))
        await door.waits_for(door.is_quiet)

    kinds = Counter(type(one) for one in told)
    first = [one for one in told if isinstance(one, IngressEventAccepted) and not one.repeated]
    effects = await door.effects()
    assert all(sent)
    assert kinds == {IngressEventAccepted: FLOOD + len(again), IngressEventRefused: POISON}
    assert sorted(one.subject for one in first) == sorted(f"a-{n}" for n in range(FLOOD))
    assert len(effects) == len(set(effects)) == FLOOD + WORK
    assert await door.letters() == []


async def test_each_answer_is_for_its_own_sender(door: Rig) -> None:
    async with door.running():
        await door.transport.publish(
            [
                message(mark(1)),
                message(mark(1, party="TN"), "tn-hr"),
                message(mark(2, party="TN")),
                message(mark(3, officer="NOBODY")),
            ]
        )
        told = await waits_for_answers(door, 4)

    by_sender = {(one.outsider, one.subject): type(one) for one in told}
    assert by_sender == {
        ("jo-hr", "a-1"): IngressEventAccepted,
        ("tn-hr", "a-1"): IngressEventAccepted,
        ("jo-hr", "a-2"): IngressEventRefused,
        ("jo-hr", "a-3"): IngressEventHeld,
    }
    assert await door.effects() == ["jo-hr EMP-1", "tn-hr EMP-1"]


async def test_two_workers_carry_the_same_event_out_once(door: Rig) -> None:
    second = Worker(door.listener, door.transport, REACTIONS, {})
    same = [message(mark(1)) for _ in range(30)]

    async with door.running():
        working = asyncio.create_task(second.run())
        await door.transport.publish(same)
        told = await waits_for_answers(door, len(same))
        second.drain()
        await working

    assert [one.repeated for one in told].count(False) == 1
    assert await door.effects() == ["jo-hr EMP-1"]


@over_rabbitmq
async def test_binary_and_nameless_messages_of_a_client_are_answered(door: Rig) -> None:
    sent = binary(mark(1))
    nameless = {name: value for name, value in mark(2).items() if name != "id"}
    assert sent.sent is not None
    messages = [
        aio_pika.Message(sent.body, content_type="application/json", headers={**sent.sent.headers}),
        aio_pika.Message(json.dumps(nameless).encode(), content_type=STRUCTURED, message_id="m-2"),
        aio_pika.Message(b"\xff not json", content_type="text/plain"),
    ]

    async with door.running():
        async with await aio_pika.connect(door.place) as connection:
            exchange = await (await connection.channel()).get_exchange(Exchange.INGRESS)
            for one in messages:
                await exchange.publish(one, f"{ATTENDANCE}.jo-hr")
        told = {one.subject: type(one) for one in await waits_for_answers(door, 3)}

    assert told.pop("a-1") is IngressEventAccepted
    assert told.pop("m-2") is IngressEventRefused
    assert list(told.values()) == [IngressEventRefused]


@over_rabbitmq
async def test_a_type_nobody_owns_is_refused_by_registration(door: Rig) -> None:
    await declare_queues(door.place, door.teller.database, "registration", ())
    registration = Worker(door.teller, door.transport, Reactions("registration", []), {})
    working = asyncio.create_task(registration.run())
    unknown = {**mark(1), "type": "external.leave.requested.v1"}
    body = json.dumps(unknown).encode()

    await door.transport.publish([Message(unknown["type"], body, Exchange.INGRESS, "jo-hr")])
    async with asyncio.timeout(20):
        while not (rows := await _staged(door)):
            await asyncio.sleep(0.05)
    waiting = await door.transport.queued("registration")
    registration.drain()
    await working

    [answer] = [decode(row.body, CONTRACTS[row.type]).event for row in rows]
    assert isinstance(answer, IngressAnswer)
    assert (answer.outsider, answer.event_type) == ("jo-hr", unknown["type"])
    assert waiting == 0
    assert await door.rows(deferred) == []


async def _staged(door: Rig) -> list[Any]:
    async with door.teller.database.reading() as connection:
        return list((await connection.execute(select(outbox))).all())
