"""Publishing with confirms: what the broker did not acknowledge was not sent."""

import asyncio
import time
from collections.abc import Sequence
from enum import Enum
from urllib.parse import unquote, urlsplit

import structlog
from aio_pika.exceptions import AMQPChannelError, DeliveryError, PublishError
from faststream.rabbit import RabbitExchange
from pamqp.commands import Basic

from shared.messaging.transport import Exchange, Message

from .link import Link

LARGEST_MESSAGE = 16 * 1024 * 1024
"""In bytes: what a broker takes unless it was told otherwise (from 4.0)."""
SECONDS_TO_CONFIRM = 10.0
SECONDS_BETWEEN_COMPLAINTS = 60.0
MANDATORY = (Exchange.INTERNAL, Exchange.PRIVATE, Exchange.INGRESS)
"""What is published there and reaches no queue was not sent."""
log = structlog.get_logger()


class Answer(Enum):
    """What became of one message."""

    SENT = "acknowledged by the broker"
    KEPT = "not taken, and no harm to the others"
    REFUSED = "the broker closed the channel over it, or over one beside it"
    UNKNOWN = "nobody said: it may have arrived"


class Publisher:
    """Publishes on a connection of its own; one that failed is given up for a fresh one."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._user = unquote(urlsplit(url).username or "guest")
        self._link: Link | None = None
        self._one_at_a_time = asyncio.Lock()
        self._away = False
        self._complaints: dict[str, float] = {}

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        """Publish all, then wait for every confirm. When one of them costs the others their
        channel, they go again one at a time, so that none is held up by another."""
        async with self._one_at_a_time:
            answers = await self._all_at_once(messages)
            if Answer.REFUSED in answers:
                answers = await self._one_by_one(messages, answers)
        return [answer is Answer.SENT for answer in answers]

    async def close(self) -> None:
        """Give the connection back."""
        link, self._link = self._link, None
        if link:
            await link.close()

    async def _one_by_one(
        self, messages: Sequence[Message], answers: Sequence[Answer]
    ) -> list[Answer]:
        """Each refusal costs a connection: what goes the same way and is not smaller than a
        message that was refused is not tried again in this turn."""
        settled: list[Answer] = []
        refused: dict[str, int] = {}
        for message, answer in zip(messages, answers, strict=True):
            alike = refused.get(message.routing_key)
            if answer in (Answer.SENT, Answer.KEPT) or Answer.UNKNOWN in settled:
                settled.append(answer)
            elif alike is not None and len(message.body) >= alike:
                settled.append(Answer.REFUSED)
            else:
                settled += await self._all_at_once([message])
                if settled[-1] is Answer.REFUSED:
                    refused[message.routing_key] = len(message.body)
                    self._complain("message_refused", message)
        return settled

    async def _all_at_once(self, messages: Sequence[Message]) -> list[Answer]:
        try:
            link = await self._opened()
        except Exception as error:
            if not self._away:
                log.warning("broker_is_away", error=type(error).__name__)
            self._away = True
            return [Answer.UNKNOWN] * len(messages)
        answers = await asyncio.gather(*(self._publish(link, message) for message in messages))
        if Answer.UNKNOWN in answers:
            log.warning("messages_unconfirmed", number=answers.count(Answer.UNKNOWN))
        if not {Answer.UNKNOWN, Answer.REFUSED}.isdisjoint(answers):
            await self.close()
        return answers

    async def _opened(self) -> Link:
        if self._link is None:
            link = Link(self._url)
            try:
                await link.open()
            except BaseException:
                await link.close()
                raise
            self._link, self._away = link, False
        return self._link

    async def _publish(self, link: Link, message: Message) -> Answer:
        if len(message.body) > LARGEST_MESSAGE:
            self._complain("message_too_large", message)
            return Answer.KEPT
        try:
            async with asyncio.timeout(SECONDS_TO_CONFIRM):
                said = await link.broker.publish(
                    message.body,
                    exchange=RabbitExchange(message.exchange, declare=False),
                    routing_key=message.routing_key,
                    message_type=message.type,
                    content_type=_content_type(message.body),
                    mandatory=message.exchange in MANDATORY,
                    persist=True,
                    user_id=self._user,
                    timeout=SECONDS_TO_CONFIRM,
                )
        except PublishError:
            self._complain("message_unroutable", message)
            return Answer.KEPT
        except DeliveryError:
            self._complain("message_not_taken", message)
            return Answer.KEPT
        except AMQPChannelError:
            return Answer.REFUSED
        except Exception:
            return Answer.UNKNOWN
        except asyncio.CancelledError:
            if _is_cancelled():
                raise
            return Answer.UNKNOWN
        return Answer.SENT if isinstance(said, Basic.Ack) else Answer.UNKNOWN

    def _complain(self, what: str, message: Message) -> None:
        """Tell a person, now and then: the row is tried every few seconds. Where a reply was to go
        is not told, for its sender wrote that."""
        told, now = self._complaints.get(message.type), time.monotonic()
        if told is None or now - told >= SECONDS_BETWEEN_COMPLAINTS:
            self._complaints[message.type] = now
            log.error(what, event_type=message.type, bytes=len(message.body))


def _is_cancelled() -> bool:
    """Whether we are told to stop; the library also cancels what waits on a lost connection."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _content_type(body: bytes) -> str:
    batch = "-batch" if body.startswith(b"[") else ""
    return f"application/cloudevents{batch}+json"
