"""Serves a story installation whose deliveries are shuffled, doubled and delayed by a seed."""

import asyncio
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from services.embedded.installation import make_installation
from services.embedded.serving import serve
from shared.database import Database
from shared.logging import configure_logs
from shared.messaging.embedded import EmbeddedTransport
from shared.messaging.transport import Message, join, split

LONGEST_DELAY = 0.6


class ShufflingTransport(EmbeddedTransport):
    """Takes packs apart, sends some events twice, and some of them later than others."""

    def __init__(self, database: Database, seed: int) -> None:
        super().__init__(database)
        self._chance = random.Random(seed)
        self._on_their_way: dict[asyncio.Task[None], Message] = {}

    async def publish(self, messages: Sequence[Message]) -> Sequence[bool]:
        routable = [bool(self._receivers(message)) for message in messages]
        singles = [
            replace(message, body=join([body]))
            for message, goes in zip(messages, routable, strict=True)
            if goes
            for body in split(message.body)
            for _ in range(self._chance.choice((1, 1, 2)))
        ]
        self._chance.shuffle(singles)
        for single in singles:
            delay = self._chance.choice((0, 0, self._chance.uniform(0, LONGEST_DELAY)))
            task = asyncio.create_task(self._publish_later(single, delay))
            self._on_their_way[task] = single
            task.add_done_callback(self._on_their_way.pop)
        return routable

    async def queued(self, service: str) -> int:
        delayed = sum(
            service in self._receivers(message) for message in self._on_their_way.values()
        )
        return delayed + await super().queued(service)

    async def _publish_later(self, message: Message, delay: float) -> None:
        await asyncio.sleep(delay)
        await super().publish([message])


def main(folder: str, port: str, seed: str) -> None:
    """Serve one installation with one seed."""
    configure_logs(level="WARNING")
    start = datetime.fromisoformat("2018-03-01T08:00:00+00:00")
    installation = make_installation(Path(folder), start)
    serve(
        installation,
        host="127.0.0.1",
        port=int(port),
        make_transport=partial(ShufflingTransport, seed=int(seed)),
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
