"""Every test starts from an empty virtual host of its own, on a broker it may disturb."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import aio_pika
import pytest
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import AMQPError, ChannelClosed, ChannelNotFoundEntity
from pamqp.common import FieldValue

from tests.servers.available import Unavailable
from tests.servers.broker import Broker

SECONDS = 15
QUORUM: dict[str, FieldValue] = {"x-queue-type": "quorum"}


async def test_virtual_host_of_a_test_takes_messages_and_gives_them_back(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as vhost, connected(rabbitmq.url_of(vhost)) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("seats")

        await channel.default_exchange.publish(aio_pika.Message(b"freed"), "seats")

        taken = await queue.get(no_ack=True)
        assert taken.body == b"freed"


async def test_two_virtual_hosts_of_a_test_share_nothing(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as first, rabbitmq.fresh_vhost() as second:
        async with connected(rabbitmq.url_of(first)) as connection:
            await (await connection.channel()).declare_queue("seats")

        async with connected(rabbitmq.url_of(second)) as connection:
            channel = await connection.channel()
            with pytest.raises(ChannelNotFoundEntity):
                await channel.declare_queue("seats", passive=True)


async def test_virtual_host_and_users_are_gone_after_their_test(rabbitmq: Broker) -> None:
    async with (
        rabbitmq.fresh_vhost() as vhost,
        rabbitmq.fresh_user(vhost) as url,
        connected(rabbitmq.url_of(vhost)) as connection,
    ):
        await (await connection.channel()).declare_queue("seats", durable=True)

    known = rabbitmq.management.ask("GET", "vhosts") + rabbitmq.management.ask("GET", "users")
    assert not {vhost, urlsplit(url).username} & {each["name"] for each in known}


async def test_user_can_do_what_its_patterns_allow_and_nothing_else(rabbitmq: Broker) -> None:
    topics = {"events": (r"^seat\.", "^$")}
    async with rabbitmq.fresh_vhost() as vhost:
        async with connected(rabbitmq.url_of(vhost)) as connection:
            await (await connection.channel()).declare_exchange("events", "topic")

        async with (
            rabbitmq.fresh_user(vhost, write="^events$", topics=topics) as url,
            connected(url) as connection,
        ):
            await publish(connection, "seat.freed")

            with pytest.raises(ChannelClosed, match="ACCESS_REFUSED"):
                await publish(connection, "officer.nominated")
            with pytest.raises(ChannelClosed, match="ACCESS_REFUSED"):
                await (await connection.channel()).declare_queue("mine")


@pytest.mark.parametrize("ours", [True, False], ids=["of our own", "of others"])
async def test_connections_to_one_virtual_host_are_closed(rabbitmq: Broker, ours: bool) -> None:
    broker = rabbitmq if ours else replace(rabbitmq, control=None)
    async with (
        broker.fresh_vhost() as vhost,
        broker.fresh_vhost() as other,
        connected(broker.url_of(vhost)) as disturbed,
        connected(broker.url_of(other)) as left_alone,
    ):
        await broker.close_all_connections(vhost)

        async with asyncio.timeout(SECONDS):
            while disturbed.connected.is_set():
                await asyncio.sleep(0.01)
        assert left_alone.connected.is_set()


async def test_broker_that_is_stopped_comes_back_with_what_it_held(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as vhost:
        url = rabbitmq.url_of(vhost)
        async with connected(url) as connection:
            channel = await connection.channel()
            await channel.declare_queue("seats", durable=True, arguments=QUORUM)
            await channel.default_exchange.publish(aio_pika.Message(b"freed"), "seats")

        async with rabbitmq.stopped():
            with pytest.raises((AMQPError, OSError)):
                await aio_pika.connect(url, timeout=SECONDS)

        async with connected(url) as connection:
            queue = await (await connection.channel()).declare_queue("seats", passive=True)
            assert queue.declaration_result.message_count == 1


async def test_broker_of_others_is_not_stopped(rabbitmq: Broker) -> None:
    named = replace(rabbitmq, origin="named by a variable", control=None)

    with pytest.raises(Unavailable, match="named by a variable is not stopped by tests"):
        await named.stop_app()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AbstractConnection]:
    """A connection that does not come back by itself."""
    connection = await aio_pika.connect(url, timeout=SECONDS)
    try:
        yield connection
    finally:
        await connection.close()


async def publish(connection: AbstractConnection, routing_key: str) -> None:
    """Publish to the exchange `events` and wait until the broker has said yes or no."""
    channel = await connection.channel()
    exchange = await channel.get_exchange("events", ensure=False)
    await exchange.publish(aio_pika.Message(b"{}"), routing_key, mandatory=False, timeout=SECONDS)
