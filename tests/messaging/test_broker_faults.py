"""Whatever becomes of the broker or the way to it, every event arrives and none has two effects."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from shared.contracts.registration import SeatFreed
from shared.database import is_unavailable
from shared.messaging.rabbit import RabbitTransport, consuming, publishing
from shared.messaging.rabbit.transport import BrokerIsAway
from tests.messaging.rig import Rig, freed_seat, over_rabbitmq
from tests.messaging.wire import Wire
from tests.servers.broker import Broker

pytestmark = over_rabbitmq


@pytest_asyncio.fixture
async def wire(rig: Rig) -> AsyncIterator[Wire]:
    """The rig's way to the broker."""
    async with Wire(rig.place) as wire:
        rig.transport = RabbitTransport(wire.url)
        yield wire
        await rig.transport.close()


async def told(rig: Rig, number: int = 20) -> list[SeatFreed]:
    """Events, each committed by itself."""
    seats = [freed_seat() for _ in range(number)]
    for seat in seats:
        await rig.tell(seat)
    return seats


async def assert_each_has_one_effect(rig: Rig, seats: list[SeatFreed]) -> None:
    """All of them took effect, and none of them twice."""
    await rig.waits_for(rig.is_quiet)
    assert await rig.effects() == sorted(str(seat.offer_id) for seat in seats)
    assert await rig.letters() == []


async def test_events_committed_while_the_broker_is_stopped_arrive_once(
    rig: Rig, rabbitmq: Broker
) -> None:
    async with rig.running():
        seats = await told(rig)
        async with rabbitmq.stopped():
            seats += await told(rig)
            rig.teller.signals.outbox.set()
        await assert_each_has_one_effect(rig, seats)


async def test_work_goes_on_after_all_connections_were_closed(rig: Rig, rabbitmq: Broker) -> None:
    with capture_logs() as logged:
        async with rig.running():
            seats = await told(rig)
            closing = rabbitmq.close_all_connections(urlsplit(rig.place).path[1:])
            _, more = await asyncio.gather(closing, told(rig, 60))
            await assert_each_has_one_effect(rig, seats + more)

    assert await _said("broker_connection_lost", logged)
    assert not [entry for entry in logged if entry["log_level"] == "error" or "exc_info" in entry]


async def test_consumers_come_back_after_an_error_closed_their_channels(
    rig: Rig, wire: Wire
) -> None:
    async with rig.running():
        seats = await told(rig, 5)
        await rig.waits_for(rig.is_quiet)

        spoilt = wire.spoil_consumers()
        seats += await told(rig, 5)

        await assert_each_has_one_effect(rig, seats)
    assert spoilt == 2


async def test_consumers_that_the_library_gives_up_are_made_anew(
    rig: Rig, wire: Wire, rabbitmq: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consuming, "SECONDS_BETWEEN_LOOKS", 0.1)
    vhost = urlsplit(rig.place).path[1:]
    async with rabbitmq.fresh_user(vhost, configure=".*", write=".*", read=".*") as url:
        working = Wire(url)
        async with working:
            seats = await told(rig, 5)
            await rig.relay()
            rig.transport, direct = RabbitTransport(working.url), rig.transport
            with capture_logs() as logged:
                async with rig.running():
                    await rig.waits_for(rig.is_quiet)
                    await may_read(rabbitmq, vhost, url, "^$")
                    working.spoil_consumers()
                    await rig.waits_for(lambda: _said("consumers_lost", logged))
                    await may_read(rabbitmq, vhost, url, ".*")
                    seats += await told(rig, 5)
                    await assert_each_has_one_effect(rig, seats)
            await rig.transport.close()
            rig.transport = direct


@pytest.mark.parametrize("breaks", [False, True], ids=["never comes", "is cut off"])
async def test_event_whose_confirm_is_lost_is_published_again_and_has_one_effect(
    rig: Rig, wire: Wire, breaks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "SECONDS_TO_CONFIRM", 0.5)
    seats = await told(rig, 3)

    wire.loses_confirms, wire.breaks_at_confirm = True, breaks
    unconfirmed = await rig.relay()
    kept = await rig.staged()
    wire.loses_confirms, wire.breaks_at_confirm = False, False
    confirmed = await rig.relay()

    assert wire.confirms_lost
    assert (unconfirmed, kept, confirmed) == (0, 3, 3)
    assert await rig.transport.queued("scheduling") == 2
    async with rig.running():
        await assert_each_has_one_effect(rig, seats)


async def test_how_much_is_queued_is_not_known_while_the_broker_is_away(
    rig: Rig, wire: Wire
) -> None:
    before = await rig.transport.queued("scheduling")

    await wire.cut()
    with pytest.raises(BrokerIsAway) as away:
        await rig.transport.queued("scheduling")
    await wire.mend()

    assert is_unavailable(away.value)
    assert before == await rig.transport.queued("scheduling") == 0


async def test_worker_can_be_drained_while_the_broker_is_away(rig: Rig, wire: Wire) -> None:
    async with asyncio.timeout(10), rig.running():
        await told(rig, 1)
        await rig.waits_for(rig.is_quiet)

        await wire.cut()

    assert len(await rig.effects()) == 1


async def test_relay_that_is_stopped_while_it_publishes_loses_nothing(rig: Rig, wire: Wire) -> None:
    seats = await told(rig, 3)
    wire.loses_confirms = True

    relaying = asyncio.create_task(rig.relay())
    await rig.waits_for(lambda: _lost_a_confirm(wire))
    relaying.cancel()
    [outcome] = await asyncio.gather(relaying, return_exceptions=True)
    wire.loses_confirms = False

    assert isinstance(outcome, asyncio.CancelledError)
    assert await rig.staged() == 3
    async with rig.running():
        await assert_each_has_one_effect(rig, seats)


async def may_read(broker: Broker, vhost: str, url: str, read: str) -> None:
    """Change what a user may read."""
    rights = {"configure": ".*", "write": ".*", "read": read}
    user = urlsplit(url).username or ""
    ask = broker.management.ask
    await asyncio.to_thread(ask, "PUT", "permissions", vhost, user, body=rights)


async def _said(event: str, logged: list[Any]) -> bool:
    return event in [entry["event"] for entry in logged]


async def _lost_a_confirm(wire: Wire) -> bool:
    return wire.confirms_lost > 0
