"""What workers are scaled by stands in the broker, for whoever may see it and do nothing else."""

import asyncio
import secrets
from typing import Any
from urllib.parse import quote

import aio_pika
import httpx
from aio_pika.abc import AbstractIncomingMessage

from shared.contracts.listeners import LISTENERS
from shared.messaging.rabbit.exchanges import queue_arguments
from shared.messaging.rabbit.management import Administrator, managing
from tests.helm.rendering import of_kind, rendered
from tests.servers.broker import Broker

SERVICE = next(iter(LISTENERS))
SECONDS = 30
NO_RIGHTS = {"configure": "^$", "write": "^$", "read": "^$"}


async def test_a_user_who_only_watches_sees_what_waits_and_what_is_in_hand(
    rabbitmq: Broker,
) -> None:
    administrator = Administrator(rabbitmq.management_url, rabbitmq.user, rabbitmq.password)
    user, password = f"scaling-{secrets.token_hex(4)}", secrets.token_hex(16)
    async with rabbitmq.fresh_vhost() as vhost, managing(administrator) as management:
        told = _trigger(rabbitmq.management_url, vhost)
        body = {"durable": True, "arguments": queue_arguments(SERVICE)}
        await management.put("queues", vhost, told["queueName"], body=body)
        await management.put("users", user, body={"password": password, "tags": "management"})
        await management.put("permissions", vhost, user, body=NO_RIGHTS)
        try:
            connection = await aio_pika.connect(
                rabbitmq.url_of(vhost, rabbitmq.user, rabbitmq.password)
            )
            async with connection, connection.channel(publisher_confirms=True) as channel:
                await channel.set_qos(prefetch_count=1)
                for _ in range(3):
                    message = aio_pika.Message(b"{}")
                    await channel.default_exchange.publish(message, told["queueName"])
                queue = await channel.get_queue(told["queueName"])
                await queue.consume(_keep_in_hand)

                seen = await _seen(told, (user, password))

                assert seen["messages"] == 3
                assert (seen["messages_ready"], seen["messages_unacknowledged"]) == (2, 1)
        finally:
            await management.delete("users", user)


async def _keep_in_hand(_message: AbstractIncomingMessage) -> None:
    """As a worker that has not finished."""


def _trigger(management: str, vhost: str) -> dict[str, str]:
    servers = {"broker": {"vhost": vhost, "management": {"url": management}}}
    scaled = of_kind("ScaledObject", rendered({"servers": servers}))[f"cadre-{SERVICE}-worker"]
    (trigger,) = scaled["spec"]["triggers"]
    return dict(trigger["metadata"])


async def _seen(told: dict[str, str], account: tuple[str, str]) -> dict[str, Any]:
    """What the scaler asks for, until figures are there: a broker gathers them now and then."""
    vhost, queue = (quote(told[name], safe="") for name in ("vhostName", "queueName"))
    async with httpx.AsyncClient(auth=account) as client, asyncio.timeout(SECONDS):
        while True:
            answer = await client.get(f"{told['host']}api/queues/{vhost}/{queue}")
            answer.raise_for_status()
            figures: dict[str, Any] = answer.json()
            if figures.get("messages_unacknowledged"):
                return figures
            await asyncio.sleep(0.2)
