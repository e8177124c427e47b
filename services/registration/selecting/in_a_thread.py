"""Slow computing in a thread of its own: the event loop stays free, and may give it up."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
Progress = Mapping[str, Any]
Report = Callable[[Progress], None]
"""Says how far a computation came; raises `NotWanted` where it may stop."""
SECONDS_BETWEEN_LOOKS = 1.0


class NotWanted(Exception):
    """Nobody wants the result any more."""


@dataclass
class _Told:
    """What thread and event loop tell one another."""

    progress: Progress = field(default_factory=dict)
    wanted: bool = True

    def report(self, progress: Progress) -> None:
        if not self.wanted:
            raise NotWanted
        self.progress = progress


async def watched(compute: Callable[[Report], T], look: Callable[[Progress], Awaitable[bool]]) -> T:
    """The result of `compute`; now and then `look` is shown how far it came, and says whether it
    is still wanted. Raises `NotWanted`, and whatever `compute` or `look` raises.

    The thread ends with the process, however far it came.
    """
    told, loop = _Told(), asyncio.get_running_loop()
    ended: asyncio.Future[T] = loop.create_future()

    def settle(how: Callable[[], None]) -> None:
        if not ended.done():
            how()

    def run() -> None:
        try:
            how = partial(ended.set_result, compute(told.report))
        except BaseException as error:
            how = partial(ended.set_exception, error)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, how)

    Thread(target=run, daemon=True).start()
    try:
        while not (await asyncio.wait([ended], timeout=SECONDS_BETWEEN_LOOKS))[0]:
            if not await look(told.progress):
                raise NotWanted
        return ended.result()
    finally:
        told.wanted = False
        ended.cancel()
