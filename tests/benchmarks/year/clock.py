"""The story's clock: it goes on to the next day when all that the last one caused is done."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from deploy.demo.story import COUNTS, SECONDS_TO_ARRIVE, SERVICES, StoryDoesNotSettle

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
        left = await _what_is_left(admin)
        if left:
            quiet_since = time.monotonic()
        elif time.monotonic() < quiet_since + SECONDS_TO_ARRIVE:
            left = await _what_has_not_arrived(admin)
        quiet = 0 if left else quiet + 1
        if left and time.monotonic() > give_up_at:
            raise StoryDoesNotSettle(f"still on its way: {', '.join(left)}")
        if quiet < 2:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def _what_is_left(admin: Desk) -> Sequence[str]:
    told = await asyncio.gather(*(admin.get(f"/{service}/story") for service in SERVICES))
    return [
        f"{of_service[count]} {count} in {service}"
        for service, of_service in zip(SERVICES, told, strict=True)
        for count in COUNTS
        if of_service[count]
    ]


async def _what_has_not_arrived(admin: Desk) -> Sequence[str]:
    """What consumers have in hand: not every transport can count that."""
    figures = await asyncio.gather(*(admin.get(f"/{service}/figures") for service in SERVICES))
    sent: Counter[str] = Counter()
    for one in figures:
        sent.update(one["committed"])
        sent.subtract(one["purged"])
    return [
        f"{sent[event_type] - taken} {event_type} to {consumer}"
        for one in figures
        for consumer, types in one["taken_in"].items()
        for event_type, taken in types.items()
        if taken < sent[event_type]
    ]
