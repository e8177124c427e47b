"""Harm by messages, over the broker: every one twice, and unreadable ones among the good."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field

import aio_pika
from aio_pika.abc import AbstractConnection, AbstractIncomingMessage

from shared.contracts.scheduling import ActivityDescribed
from shared.messaging.transport import Exchange, join, split

from ..distributed import Distributed
from ..effects import REACTIONS

COPY = "x-copy"
MOST_POISONS = 5
CONSUMERS_OF_POISON = sum(len(one.to(ActivityDescribed.type)) for one in REACTIONS.values())


@dataclass
class Copies:
    """Listens to what the services tell each other, and tells it again: later, in another order;
    or, where it is to poison, together with an event that nobody can read."""

    installation: Distributed
    choice: random.Random
    seconds: float
    poisonous: bool = False
    poisons: int = 0
    in_doubt: int = 0
    """What was said while nobody answered: it may have been heard."""
    _connection: AbstractConnection | None = None
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What it does."""
        return "poison among good" if self.poisonous else "duplicates in the broker"

    @property
    def poisons_due(self) -> int:
        """How many letters are set aside because of it."""
        return self.poisons * CONSUMERS_OF_POISON

    @property
    def poisons_in_doubt(self) -> int:
        """How many more may be."""
        return self.in_doubt * CONSUMERS_OF_POISON

    async def start(self) -> None:
        """Listen, for as long as the broker is there."""
        self._connection = await aio_pika.connect(self.installation.admin_url)
        channel = await self._connection.channel()
        queue = await channel.declare_queue(exclusive=True)
        wanted = ActivityDescribed.type if self.poisonous else "#"
        await queue.bind(Exchange.INTERNAL, wanted)
        if not self.poisonous:
            await queue.bind(Exchange.PRIVATE, "#")
        await queue.consume(self._heard, no_ack=True)

    async def stop(self) -> None:
        """Say what is still to be said, and listen no more."""
        await asyncio.gather(*self._telling, return_exceptions=True)
        if self._connection:
            await self._connection.close()

    async def _heard(self, message: AbstractIncomingMessage) -> None:
        if COPY not in message.headers and not (
            self.poisonous and self.poisons + self.in_doubt >= MOST_POISONS
        ):
            telling = asyncio.create_task(self._tell_again(message))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell_again(self, message: AbstractIncomingMessage) -> None:
        await asyncio.sleep(self.choice.uniform(0, 0.5))
        body = message.body
        if self.poisonous:
            self.in_doubt += 1
            marker = b'{"poison": "%032x"}' % self.choice.getrandbits(128)
            first, *others = split(body)
            body = join([first, marker, *others])
        copy = aio_pika.Message(body, headers={COPY: "1"}, content_type=message.content_type)
        with suppress(Exception):  # the broker may be away
            assert self._connection
            async with self._connection.channel() as channel:
                exchange = await channel.get_exchange(message.exchange or "", ensure=False)
                await exchange.publish(copy, message.routing_key or "")
            if self.poisonous:
                self.in_doubt -= 1
                self.poisons += 1
