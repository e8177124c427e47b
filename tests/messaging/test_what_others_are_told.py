"""Other systems are told the public facts of their parties, one by one, and the answers to them."""

import asyncio
import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

import aio_pika
import pytest

from shared.contracts.ingress import IngressEventAccepted, IngressEventRefused
from shared.contracts.registration import NominationConfirmed, NominationSelected
from shared.messaging.relay import relay_turn
from shared.messaging.reply_to import is_reply_address
from shared.messaging.transport import Exchange, Message
from shared.outsiders import outsider
from tests.messaging.rig import Rig, described, over_rabbitmq
from tests.messaging.test_relay import Listening, remaining

WAITS = (
    "amq.rabbitmq.reply-to.g1h2AA5yZXBseUAxMzU0NzU0MAAAA00AAAAAawM+wg==.e4SD6ORxMCMKePrKw+xRgQ=="
)
"""As a broker writes it."""
CONFIRMED = NominationConfirmed.type
SECONDS = 10


def a_confirmation(party: str = "JO") -> NominationConfirmed:
    """An officer of a party has taken a seat."""
    return NominationConfirmed(**_nomination(party), status="confirmed")


def _nomination(party: str) -> dict[str, Any]:
    return {
        **dict.fromkeys(
            ("nomination_id", "call_id", "activity_id", "project_id", "person_id"), uuid4()
        ),
        "party": party,
        "sex": "female",
        "unit": "immigration",
        "priority": 1,
        "submitted_at": "2018-05-01T08:00:00Z",
    }


def an_answer(reply_to: str | None = None) -> IngressEventAccepted:
    """What a system of Jordan's is answered."""
    return IngressEventAccepted(
        outsider="jo-hr", subject="n-1", event_type="external.x.y.v1", reply_to=reply_to
    )


async def takes_part(
    rig: Rig,
    code: str,
    *parties: str,
    receives: Sequence[str] = (CONFIRMED,),
    state: str = "active",
) -> None:
    """A system takes part, as the teller knows it."""
    row = {
        "code": code,
        "parties": parties,
        "sends": [],
        "receives": receives,
        "state": state,
        "sequence": 1,
    }
    async with rig.teller.database.writing() as connection:
        await connection.execute(outsider.insert().values(**row))


async def told(rig: Rig, exchange: Exchange = Exchange.PUBLIC) -> list[Message]:
    """What leaves for others in one turn of the relay."""
    transport = Listening()
    await relay_turn(rig.teller, transport)
    return [message for message in transport.messages if message.exchange is exchange]


async def test_nothing_leaves_where_no_system_takes_part(rig: Rig) -> None:
    await rig.tell(a_confirmation())

    assert await told(rig) == []


async def test_fact_leaves_alone_and_only_for_a_party_that_somebody_reads(rig: Rig) -> None:
    await takes_part(rig, "jo-hr", "JO", "TN")
    await takes_part(rig, "jo-police", "JO")
    await takes_part(rig, "eg-hr", "EG", receives=["scheduling.officer.enrolled.v1"])
    await takes_part(rig, "lb-hr", "LB", state="suspended")
    await takes_part(rig, "ma-hr", "MA", state="removed")
    await rig.tell(*[a_confirmation(party) for party in ("JO", "JO", "TN", "EG", "LB", "MA")])

    messages = await told(rig)

    assert [message.routing_key for message in messages] == [
        f"{CONFIRMED}.JO",
        f"{CONFIRMED}.JO",
        f"{CONFIRMED}.TN",
    ]
    parties = [json.loads(message.body)["data"]["party"] for message in messages]
    assert parties == ["JO", "JO", "TN"]


async def test_fact_that_is_not_public_never_leaves_whatever_a_row_says(rig: Rig) -> None:
    await takes_part(rig, "jo-hr", "JO", receives=[NominationSelected.type, described("JO").type])

    await rig.tell(NominationSelected(**_nomination("JO"), status="selected"), described("JO"))

    assert await told(rig) == []


async def test_answer_goes_to_the_queue_of_who_asked_without_its_secret(rig: Rig) -> None:
    await rig.tell(an_answer("out.jo-hr"))

    (message,) = await told(rig)

    said = json.loads(message.body)
    assert message.routing_key == "ingress.event.accepted.v1.jo-hr"
    assert said["type"] == "ingress.event.accepted.v1"
    assert "reply_to" not in said["data"]


async def test_answer_goes_also_where_its_sender_waits_and_nowhere_else(rig: Rig) -> None:
    others = ("registration", "out.ma-hr", "amq.rabbitmq.reply-to", f"{WAITS}\n", "x" * 300)
    await rig.tell(an_answer(WAITS), *[an_answer(other) for other in others])

    (reply,) = await told(rig, Exchange.REPLY)

    assert reply.routing_key == WAITS
    assert "reply_to" not in json.loads(reply.body)["data"]


@pytest.mark.parametrize(
    "process",
    [
        b"",
        b"\x83",
        b"\x83a\x01",
        b"hello, who takes this apart?",
        bytes(20),
        b"\x83Xv\x00\x0ereply@13547540",
        b"\x83Xv\x00\x0freply@13547540" + bytes(12),
        b"\x83Xv\xff\xffreply@13547540" + bytes(12),
        b"\x83Xv\x00\x0ereply@13547540" + bytes(13),
        b"\x83Xv\x00\x0erabbit@db.host" + bytes(12),
        b"\x83mv\x00\x0ereply@13547540" + bytes(12),
    ],
)
def test_what_only_looks_like_a_place_to_wait_is_told_from_one(process: bytes) -> None:
    made_up = f"amq.rabbitmq.reply-to.{base64.b64encode(process).decode()}.e4SD6ORx"

    assert not is_reply_address(made_up)
    assert not is_reply_address(made_up.replace("e4SD6ORx", "%"))
    assert is_reply_address(WAITS)


async def test_row_stays_until_others_have_it_too_and_they_are_told_once_services_have(
    rig: Rig,
) -> None:
    await takes_part(rig, "jo-hr", "JO")
    await rig.tell(a_confirmation())

    class Halting(Listening):
        def __init__(self, exchange: Exchange) -> None:
            super().__init__()
            self.exchange = exchange

        async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
            self.messages += messages
            return [message.exchange is not self.exchange for message in messages]

    services_away, others_away = Halting(Exchange.INTERNAL), Halting(Exchange.PUBLIC)
    await relay_turn(rig.teller, services_away)
    await relay_turn(rig.teller, others_away)
    left = await remaining(rig)
    again = await told(rig)

    assert [one.exchange for one in services_away.messages] == [Exchange.INTERNAL]
    assert [one.exchange for one in others_away.messages] == [Exchange.INTERNAL, Exchange.PUBLIC]
    assert (left, len(again), await remaining(rig)) == (1, 1, 0)


@over_rabbitmq
async def test_answer_reaches_who_waits_at_the_broker_and_nobody_waiting_holds_up_nothing(
    rig: Rig,
) -> None:
    await rig.bind("scheduling", {IngressEventAccepted.type})
    async with await aio_pika.connect(rig.place) as connection:
        channel = await connection.channel()
        waits = await channel.get_queue("amq.rabbitmq.reply-to", ensure=False)
        answers: asyncio.Queue[bytes] = asyncio.Queue()

        async def note(message: Any) -> None:
            await answers.put(message.body)

        await waits.consume(note, no_ack=True)
        own = await _own_address(channel)
        gone = (WAITS, own[:-6] + "AAAA==", "amq.rabbitmq.reply-to.x.y")
        await rig.tell(*[an_answer(place) for place in (own, *gone)])

        confirmed = await rig.relay()

        answer = json.loads(await asyncio.wait_for(answers.get(), SECONDS))
    assert (confirmed, answers.qsize()) == (4, 0)
    assert answer["data"]["subject"] == "n-1"


@over_rabbitmq
async def test_queue_of_a_system_gets_its_facts_and_answers_and_nothing_else(rig: Rig) -> None:
    await takes_part(rig, "jo-hr", "JO")
    await takes_part(rig, "tn-hr", "TN")
    types = {CONFIRMED, IngressEventAccepted.type, IngressEventRefused.type}
    await rig.bind("scheduling", types)
    refused = {"outsider": "tn-hr", "subject": "n-2", "event_type": "x", "faults": ()}
    async with await aio_pika.connect(rig.place) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("out.jo-hr", durable=True)
        for routing_key in (f"{CONFIRMED}.JO", "ingress.event.accepted.v1.jo-hr"):
            await queue.bind(Exchange.PUBLIC, routing_key)
        await rig.tell(a_confirmation("JO"), a_confirmation("TN"), an_answer())
        await rig.tell(IngressEventRefused(**refused))

        confirmed = await rig.relay()

        found = []
        with suppress(aio_pika.exceptions.QueueEmpty):
            while message := await queue.get(no_ack=True):
                found.append((message.routing_key, message.content_type))
    assert confirmed == 4
    assert sorted(found) == [
        ("ingress.event.accepted.v1.jo-hr", "application/cloudevents+json"),
        (f"{CONFIRMED}.JO", "application/cloudevents+json"),
    ]


async def _own_address(channel: Any) -> str:
    """Where answers to a client of the broker go: what it becomes when a message is sent."""
    heard = await channel.declare_queue(exclusive=True)
    question = aio_pika.Message(b"?", reply_to="amq.rabbitmq.reply-to")
    await channel.default_exchange.publish(question, heard.name)
    message = await heard.get(no_ack=True, timeout=SECONDS)
    return str(message.reply_to)
