"""The CloudEvents SDK of Python, with its mapping to RabbitMQ, on a connection of aio-pika."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import aio_pika
from aio_pika.abc import AbstractIncomingMessage
from cloudevents.core.bindings import rabbitmq as mapping
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from ..letters import Letter
from ..taking_part import System
from .verdict import SECONDS, Verdict, verdict_of


@dataclass(frozen=True)
class PythonSdk:
    """Sends what the SDK makes, and reads by it."""

    def tell(self, system: System, letter: Letter) -> Verdict:
        """Send, and read the system's queue until the answer is there."""
        return asyncio.run(self._tell(system, letter))

    async def _tell(self, system: System, letter: Letter) -> Verdict:
        message = _message(letter)
        subject = letter.subject if letter.event else str(message.message_id)
        before = len(system.answers(subject))
        connection = await aio_pika.connect(system.amqp)
        async with connection, asyncio.timeout(SECONDS):
            channel = await connection.channel()
            ingress = await channel.get_exchange("ingress", ensure=False)
            await ingress.publish(message, f"{letter.type}.{system.code}")
            system.sent.append(subject)
            queue = await channel.get_queue(system.queue, ensure=False)
            while len(system.answers(subject)) == before:
                taken = await queue.get(fail=False)
                if taken is None:
                    await asyncio.sleep(0.05)
                    continue
                await taken.ack()
                _is_read_by_the_sdk(taken)
                system.read.append(json.loads(taken.body))
        return verdict_of(system.answers(subject)[-1])


def _message(letter: Letter) -> aio_pika.Message:
    """By the SDK, unless it is no event: then the answer is about the message's own id."""
    if letter.event is None:
        own = uuid4().hex
        return aio_pika.Message(letter.body, content_type=letter.content_type, message_id=own)
    attributes = {**letter.event, "time": datetime.fromisoformat(letter.event["time"])}
    event = CloudEvent(attributes, attributes.pop("data"))
    make = mapping.to_binary_event if letter.attributes else mapping.to_structured_event
    made = make(event)
    return aio_pika.Message(made.body, headers=dict(made.headers), content_type=made.content_type)


def _is_read_by_the_sdk(taken: AbstractIncomingMessage) -> None:
    message = mapping.RabbitMQMessage({}, taken.content_type, taken.body)
    event = mapping.from_rabbitmq(message, JSONFormat())
    assert event.get_id() == json.loads(taken.body)["id"]
