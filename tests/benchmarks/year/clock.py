"""The story's clock: it goes on to the next day when all that the last one caused is done."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deploy.demo.story import (
    SECONDS_TO_ARRIVE,
    SERVICES,
    StoryDoesNotSettle,
    not_arrived,
    on_their_way,
)

from .asking import Desk

SECONDS_TO_SETTLE = 600.0
SECONDS_BETWEEN_LOOKS = 0.05


async def go_on_to(admin: Desk, moment: datetime) -> None:
    """Put the clock of all four services forward, once nothing is on its way any more."""
    await settled(admin)
    told = {"now": moment.isoformat()}
    await asyncio.gather(
        *(admin.ask("PUT", f"/{service}/story", json=told) for service in SERVICES)
    )


async def settled(admin: Desk) -> None:
    """Wait until nothing is on its way, seen twice in a row. Raises `StoryDoesNotSettle`."""
    give_up_at = time.monotonic() + SECONDS_TO_SETTLE
    quiet_since, quiet = time.monotonic(), 0
    while quiet < 2:
        left = on_their_way(await _each(admin, "story"))
        if left:
            quiet_since = time.monotonic()
        elif time.monotonic() < quiet_since + SECONDS_TO_ARRIVE:
            left = not_arrived(await _each(admin, "figures"))
        quiet = 0 if left else quiet + 1
        if left and time.monotonic() > give_up_at:
            raise StoryDoesNotSettle(f"still on its way: {', '.join(left)}")
        if quiet < 2:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def _each(admin: Desk, address: str) -> Sequence[Mapping[str, Any]]:
    asked = (admin.get(f"/{service}/{address}") for service in SERVICES)
    return list(await asyncio.gather(*asked))
