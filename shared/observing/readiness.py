"""Whether a process can do its work now: what it rests on answers, and it is not about to stop.

How much there is to do, and how late it is, makes nothing unready: that is for alerts.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.responses import JSONResponse

from shared.context import Context
from shared.database.heads import is_at_head

READY = "ready"
SECONDS_TO_ANSWER = 4.0
SECONDS_TO_REMEMBER = 1.0
"""However often it is asked, no more is looked at than once in this time."""
ASK_AGAIN_AFTER = 1
"""Seconds, for who was told that it is not ready."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a process rests on. `look` says what is wrong with it, if anything is, and raises
    where it is away."""

    what: str
    look: Callable[[], Awaitable[str | None]]


class AsksTheBroker(Protocol):
    """A transport that has a broker behind it."""

    async def answers(self) -> None:
        """A round trip to the broker. Raises when there is none."""
        ...


class Readiness:
    """Starting, then as ready as what it rests on, then stopping."""

    def __init__(self, *checks: Check) -> None:
        self._checks = checks
        self._phase = "starting"
        self._found = READY
        self._looked_at: float | None = None
        self._one_at_a_time = asyncio.Lock()

    def begin(self) -> None:
        """It takes work from now on."""
        self._phase = READY

    def drain(self) -> None:
        """It finishes what it began and takes no more."""
        self._phase = "stopping"

    async def told(self) -> str:
        """`ready`, or what is away. Never raises."""
        if self._phase == READY:
            async with self._one_at_a_time:
                now = time.monotonic()
                if self._looked_at is None or now - self._looked_at > SECONDS_TO_REMEMBER:
                    self._found = await self._look()
                    self._looked_at = time.monotonic()
        return self._found if self._phase == READY else self._phase

    async def answer(self) -> JSONResponse:
        """The same over HTTP: 200 when ready, else 503 and when to ask again."""
        status = await self.told()
        if status == READY:
            return JSONResponse({"status": status})
        return JSONResponse({"status": status}, 503, {"Retry-After": str(ASK_AGAIN_AFTER)})

    async def _look(self) -> str:
        found = await asyncio.gather(*(_away(check) for check in self._checks))
        return ", ".join(dict.fromkeys(away for away in found if away)) or READY


def database_at_head(context: Context) -> Check:
    """The service's own database answers, and nothing is left to migrate."""

    async def look() -> str | None:
        at_head = await is_at_head(context.database, context.service)
        return None if at_head else "database is not at its head revision"

    return Check("database", look)


def broker_answers(transport: AsksTheBroker) -> Check:
    """The broker answers on a connection that asks it something."""

    async def look() -> None:
        await transport.answers()

    return Check("broker", look)


async def _away(check: Check) -> str | None:
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            return await check.look()
    except Exception:
        return f"{check.what} is away"
