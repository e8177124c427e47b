"""The management API makes what is asked, whatever its name, or says plainly why it does not."""

import asyncio
import secrets
from dataclasses import replace

import pytest

from shared.messaging.rabbit.management import (
    Administrator,
    ManagementIsAway,
    ManagementRefuses,
    managing,
)
from tests.servers.broker import Broker


async def test_what_was_made_stands_there_until_it_is_removed(rabbitmq: Broker) -> None:
    name = f"a/b c%2F?{secrets.token_hex(4)}#é"
    async with managing(asked_by(rabbitmq)) as management:
        await management.put("vhosts", name)
        found = await management.get("vhosts", name)

        await management.delete("vhosts", name)
        await management.delete("vhosts", name)

        assert found["name"] == name
        assert await management.get("vhosts", name) is None


async def test_making_it_again_changes_nothing(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as vhost, managing(asked_by(rabbitmq)) as management:
        exchange = ("exchanges", vhost, "events")
        binding = ("bindings", vhost, "e", "events", "q", "out.amn")
        await management.put("queues", vhost, "out.amn", body={"durable": True})

        for _ in range(2):
            await management.put(*exchange, body={"type": "topic", "durable": True})
            await management.post(*binding, body={"routing_key": "seat.*"})

        assert len(await management.get(*binding)) == 1


async def test_who_may_not_ask_is_refused(rabbitmq: Broker) -> None:
    async with managing(replace(asked_by(rabbitmq), password="wrong-one")) as management:
        with pytest.raises(ManagementRefuses, match="GET vhosts: 401") as refused:
            await management.get("vhosts")

    assert "wrong-one" not in str(refused.value)


async def test_what_contradicts_what_stands_is_refused_with_the_reason(rabbitmq: Broker) -> None:
    async with rabbitmq.fresh_vhost() as vhost, managing(asked_by(rabbitmq)) as management:
        await management.put("exchanges", vhost, "events", body={"type": "topic"})

        with pytest.raises(ManagementRefuses, match=r"400 .*inequivalent arg 'type'"):
            await management.put("exchanges", vhost, "events", body={"type": "direct"})


async def test_broker_that_does_not_answer_is_away() -> None:
    nowhere = Administrator("http://127.0.0.1:1", "cadre", "secret")

    async with managing(nowhere) as management:
        with pytest.raises(ManagementIsAway, match="GET users: ConnectError"):
            await management.get("users")


async def test_nothing_is_absent_where_another_server_answers() -> None:
    page = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<html>"

    async def say_page(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        await heard.readuntil(b"\r\n\r\n")
        said.write(page)
        said.close()

    async with await asyncio.start_server(say_page, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with managing(Administrator(f"http://127.0.0.1:{port}", "cadre", "secret")) as asked:
            with pytest.raises(ManagementRefuses, match="GET users/out-amn: answered by another"):
                await asked.get("users", "out-amn")


def asked_by(broker: Broker) -> Administrator:
    """The administrator of the broker that tests get."""
    return Administrator(broker.management_url, broker.user, broker.password)
