"""(b) How fast a full outbox is published, all of it confirmed: our relay, and one at a time."""

import time
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from shared.messaging import relay
from shared.messaging.relay import sweep
from shared.messaging.transport import Exchange
from tests.benchmarks.contenders.nominations import PUBLISHER
from tests.benchmarks.contenders.ours import import_nominations, service_on
from tests.benchmarks.contenders.single_confirm import publish_each

from .ground import Ground


async def ours(ground: Ground, number: int) -> float:
    """Events a second of our relay, from a real outbox until it is empty."""
    place = (ground.url_of(PUBLISHER), ground.broker_url)
    async with service_on(PUBLISHER, *place) as service:
        await import_nominations(service.context, 1)
        await sweep(service.context, service.transport)  # connects
        await import_nominations(service.context, number)
        started = time.perf_counter()
        confirmed = await sweep(service.context, service.transport)
        seconds = time.perf_counter() - started
    assert confirmed == number
    return number / seconds


async def unpacked(ground: Ground, number: int) -> float:
    """The same, but no two events in one message."""
    with patch.object(relay, "PACK_EVENTS", 1):
        return await ours(ground, number)


async def single_confirm(ground: Ground, rows: Sequence[Any]) -> float:
    """Messages a second, one at a time."""
    bodies = [row.body for row in rows]
    return await publish_each(ground.broker_url, Exchange.INTERNAL, rows[0].type, bodies)
