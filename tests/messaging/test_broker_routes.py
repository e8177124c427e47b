"""What a broker refuses or gives up is seen and kept; what did not come our way is no fact."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aio_pika
import pytest
from aio_pika.abc import AbstractChannel
from pamqp.common import FieldValue
from structlog.testing import capture_logs

from shared.messaging.dispatcher import Dispatcher
from shared.messaging.rabbit import RabbitTransport, publishing
from shared.messaging.rabbit.topology import dead_letters_of
from shared.messaging.reactions import INGRESS
from shared.messaging.transport import DELIVERY_LIMIT, Delivery, Exchange
from shared.tables import outbox
from tests.messaging.handing import staged_bodies
from tests.messaging.ingress.sent import ATTENDANCE, STRUCTURED, event
from tests.messaging.rig import REACTIONS, Rig, described, freed_seat, over_rabbitmq
from tests.servers.broker import Broker

pytestmark = over_rabbitmq
FREED, DESCRIBED = "registration.seat.freed.v1", "registration.party.described.v1"


@asynccontextmanager
async def channel_to(url: str) -> AsyncIterator[AbstractChannel]:
    """A channel of another client."""
    async with await aio_pika.connect(url) as connection:
        yield await connection.channel()


async def give_up(rig: Rig) -> None:
    """Hand the next message of the listener out until the broker gives it up."""
    async with channel_to(rig.place) as channel:
        queue = await channel.get_queue("scheduling", ensure=False)
        for _ in range(DELIVERY_LIMIT + 1):
            message = await queue.get(timeout=5)
            await message.nack(requeue=True)
        await rig.waits_for(lambda: _waits(channel, dead_letters_of("scheduling")))


async def test_event_that_no_queue_takes_stays_while_the_others_pass(rig: Rig) -> None:
    await rig.bind("scheduling", {DESCRIBED})
    await rig.tell(freed_seat(), described("JO"))

    with capture_logs() as logged:
        carried = [await rig.relay(), await rig.relay()]

    assert (carried, await rig.staged()) == ([1, 0], 1)
    assert complaints(logged) == [("message_unroutable", FREED)]


async def test_event_that_the_broker_refuses_stays_while_the_others_pass(
    rig: Rig, rabbitmq: Broker
) -> None:
    parties_only = {"events.internal": (r"^registration\.party\.", "^$")}
    vhost = urlsplit(rig.place).path[1:]
    await rig.tell(freed_seat(), described("JO"), described("EG"))

    async with rabbitmq.fresh_user(vhost, write=r"^events\.", topics=parties_only) as url:
        transport, rig.transport = rig.transport, RabbitTransport(url)
        with capture_logs() as logged:
            carried = [await rig.relay(), await rig.relay()]
        await rig.transport.close()
        rig.transport = transport

    assert (carried, await rig.staged()) == ([2, 0], 1)
    assert complaints(logged) == [("message_refused", FREED)]


async def test_event_larger_than_a_broker_takes_stays_while_the_others_pass(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "LARGEST_MESSAGE", 100_000)
    await rig.tell(described("JO", "x" * 100_000), freed_seat())

    with capture_logs() as logged:
        carried = [await rig.relay(), await rig.relay()]

    assert (carried, await rig.staged()) == ([1, 0], 1)
    assert complaints(logged) == [("message_too_large", DESCRIBED)]


async def test_event_larger_than_a_pack_travels_alone_and_arrives(rig: Rig) -> None:
    await rig.tell(described("JO", "x" * 1_000_000), described("EG"))

    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    assert await rig.letters() == []


async def test_what_the_broker_gives_up_is_tried_by_itself(rig: Rig) -> None:
    seats = [freed_seat(), freed_seat()]
    await rig.tell(*seats)
    await rig.relay()
    await give_up(rig)

    async with rig.running():
        await rig.waits_for(lambda: _has_effects(rig, 2))

    assert await rig.letters() == []
    assert await rig.effects() == sorted(str(seat.offer_id) for seat in seats)


async def test_message_that_a_worker_can_not_even_set_aside_is_not_lost(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch, calls = Dispatcher.dispatch, []

    async def fails_thrice(dispatcher: Dispatcher, delivery: Delivery) -> None:
        calls.append(delivery.deliveries)
        if len(calls) <= 3:
            raise ValueError
        await dispatch(dispatcher, delivery)

    monkeypatch.setattr(Dispatcher, "dispatch", fails_thrice)
    await rig.tell(freed_seat())

    with capture_logs():
        async with rig.running():
            await rig.waits_for(lambda: _has_effects(rig, 1))

    assert calls == [1, *[DELIVERY_LIMIT + 1] * 3]
    assert await rig.letters() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-delivery-count": "many"},
        {"x-delivery-count": 10**6},
        {"x-death": [{"exchange": Exchange.INTERNAL.value, "routing-keys": [FREED]}]},
    ],
    ids=["plain", "no number", "too often", "dead before"],
)
async def test_what_comes_through_no_exchange_is_set_aside_and_never_taken_for_a_fact(
    rig: Rig, headers: Mapping[str, FieldValue]
) -> None:
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)

    async with channel_to(rig.place) as channel:
        forged = aio_pika.Message(body, headers=dict(headers), type=FREED)
        await channel.default_exchange.publish(forged, "scheduling")
    async with rig.running():
        await rig.waits_for(lambda: _set_aside(rig))
        await rig.waits_for(lambda: _has_effects(rig, 1))

    assert [(one.type, one.reason) for one in await rig.letters()] == [("", "unhandled")]


async def test_what_an_outsider_says_of_an_earlier_death_is_not_believed(rig: Rig) -> None:
    await rig.bind("scheduling", {ATTENDANCE})
    await rig.tell(freed_seat())
    [body] = await staged_bodies(rig)
    death: dict[str, FieldValue] = {
        "queue": "scheduling",
        "reason": "delivery_limit",
        "count": 0,
        "exchange": Exchange.INTERNAL.value,
        "routing-keys": [FREED],
    }

    async with channel_to(rig.place) as channel:
        ingress = await channel.get_exchange(Exchange.INGRESS, ensure=False)
        forged = aio_pika.Message(body, headers={"x-death": [death]})
        await ingress.publish(forged, f"{ATTENDANCE}.academy")
    await give_up(rig)
    async with rig.running():
        await rig.waits_for(lambda: _dealt_with(rig))

    letters = [(one.consumer, one.source, one.state) for one in await rig.letters()]
    assert letters in ([], [(INGRESS, "", "parked")])
    assert await rig.effects() == []


async def test_what_the_broker_gives_up_of_an_outsider_is_kept_as_its_claim(
    rig: Rig, rabbitmq: Broker
) -> None:
    knows_whose = int(rabbitmq.management.release().partition(".")[0]) >= 4
    await rig.bind("scheduling", {ATTENDANCE})
    said = json.dumps(event(ATTENDANCE)).encode()

    async with channel_to(rig.place) as channel:
        ingress = await channel.get_exchange(Exchange.INGRESS, ensure=False)
        nameless = aio_pika.Message(said, content_type=STRUCTURED)
        await ingress.publish(nameless, f"{ATTENDANCE}.academy")
    await give_up(rig)
    async with rig.running():
        await rig.waits_for(lambda: _set_aside(rig))

    [letter] = await rig.letters()
    assert (letter.consumer, letter.source, letter.state) == (
        (INGRESS, "outsider:academy", "waiting") if knows_whose else (INGRESS, "", "parked")
    )
    tried_or_not = {"delivery-limit", "not-yet-known"}
    assert letter.reason in (tried_or_not if knows_whose else {"sender-is-nobody"})
    assert await rig.rows(outbox) == []


async def test_events_published_before_the_first_worker_starts_are_not_lost(rig: Rig) -> None:
    seats = [freed_seat() for _ in range(10)]
    await rig.tell(*seats)

    published = await rig.relay()
    left = await rig.staged()
    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    assert (published, left) == (10, 0)
    assert await rig.effects() == sorted(str(seat.offer_id) for seat in seats)


async def test_migrating_removes_the_bindings_that_are_not_wanted_any_more(
    rig: Rig, rabbitmq: Broker
) -> None:
    before = await bindings(rig, rabbitmq)

    await rig.bind("scheduling", {DESCRIBED, "external.attendance.recorded.v1"})
    fewer = await bindings(rig, rabbitmq)
    await rig.bind("scheduling", REACTIONS.types)

    assert fewer == {
        (Exchange.INTERNAL.value, DESCRIBED),
        (Exchange.INGRESS.value, "external.attendance.recorded.v1.*"),
    }
    assert await bindings(rig, rabbitmq) == before != fewer


async def bindings(rig: Rig, broker: Broker) -> set[tuple[str, str]]:
    """What the queue of the listener is bound to, as the broker says."""
    vhost = urlsplit(rig.place).path[1:]
    asked = ("GET", "queues", vhost, "scheduling", "bindings")
    listed: list[Any] = await asyncio.to_thread(broker.management.ask, *asked)
    return {(one["source"], one["routing_key"]) for one in listed if one["source"]}


def complaints(logged: list[Any]) -> list[tuple[str, str]]:
    """What a person was told, and of what."""
    errors = [entry for entry in logged if entry["log_level"] == "error"]
    return [(entry["event"], entry["event_type"]) for entry in errors]


async def _waits(channel: AbstractChannel, name: str) -> bool:
    queue = await channel.declare_queue(name, passive=True)
    return bool(queue.declaration_result.message_count)


async def _set_aside(rig: Rig) -> bool:
    return len(await rig.letters()) == 1


async def _dealt_with(rig: Rig) -> bool:
    """Set aside where the broker does not tell whose it is, refused to its sender where it does."""
    return bool(await rig.letters() or await rig.rows(outbox))


async def _has_effects(rig: Rig, number: int) -> bool:
    return len(await rig.effects()) == number
