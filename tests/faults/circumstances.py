"""What a process of the product is made to live with: shorter patience, a slow hand, a wrong clock.

Set in the process itself before it begins; the product knows nothing of it.
"""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.notifications.jobs import deliver, delivering
from shared import jobs
from shared.clock import Clock
from shared.context import Outcome
from shared.database import given_up, notices
from shared.messaging import deferred, dispatcher
from shared.messaging.dispatcher import Dispatcher
from shared.messaging.rabbit import consuming, link, publishing
from shared.messaging.transport import Delivery

LEASE = timedelta(seconds=4)
SECONDS_TO_SEND = 2
LONGEST_DELAY = timedelta(seconds=2)


@dataclass(frozen=True)
class Circumstances:
    """For one life of a process. `clock` is a file that says how many seconds it is ahead;
    `mark` one that is there once the process has killed itself, as a crash point does, or had a
    handler fail; `failing` how often one does, at most 1."""

    slow: float = 0.0
    failing: float = 0.0
    clock: str = ""
    mark: str = ""


def live_in(**circumstances: Any) -> None:
    """Have this process live so; given the fields of `Circumstances`."""
    _impose(Circumstances(**circumstances))


def _impose(circumstances: Circumstances) -> None:
    _hurry()
    if circumstances.slow:
        _hold_back(circumstances.slow)
    if circumstances.failing:
        _have_handlers_fail(circumstances.failing, Path(circumstances.mark))
    if circumstances.clock:
        _move_clock(Path(circumstances.clock))
    if circumstances.mark and not circumstances.failing:
        _mark_own_death(Path(circumstances.mark))


def _hurry() -> None:
    """Minutes become seconds, and stand to each other as they did: a send ends within the lease
    of its job, a heartbeat is missed sooner than a test is over."""
    jobs.LEASE, jobs.LONGEST_DELAY = LEASE, LONGEST_DELAY
    deferred.LONGEST_DELAY = LONGEST_DELAY
    _set(deliver, SECONDS_TO_SEND=SECONDS_TO_SEND)
    _set(delivering, QUESTIONS=3, PAUSE_BEFORE_ASKING=timedelta(seconds=0.5))
    _set(link, HEARTBEAT=2, SECONDS_TO_CONNECT=3.0, SECONDS_TO_FINISH=4.0, SECONDS_TO_LEAVE=2.0)
    _set(link, SECONDS_BETWEEN_TRIES=0.3)
    _set(consuming, SECONDS_BETWEEN_TRIES=0.3, SECONDS_BETWEEN_LOOKS=1.0)
    _set(publishing, SECONDS_TO_CONFIRM=2.0)
    _set(given_up, SECONDS_OF_A_TRANSACTION=8.0, SECONDS_OF_SILENCE=6.0)
    _set(given_up, SECONDS_OF_SILENCE_IN_A_TRANSACTION=1.5)
    _set(notices, SECONDS_BETWEEN_SIGNS=2.0, SECONDS_BETWEEN_TRIES=0.2, SECONDS_TO_ANSWER=2.0)


def _set(module: object, **values: object) -> None:
    for name, value in values.items():
        if not hasattr(module, name):
            raise AttributeError(f"{module} has no {name} any more")
        setattr(module, name, value)


def _hold_back(seconds: float) -> None:
    """Every message takes so long."""
    dispatch: Callable[[Dispatcher, Delivery], Awaitable[None]] = Dispatcher.dispatch

    async def slowly(self: Dispatcher, delivery: Delivery) -> None:
        await asyncio.sleep(seconds)
        await dispatch(self, delivery)

    _set(Dispatcher, dispatch=slowly)


def _have_handlers_fail(how_often: float, mark: Path) -> None:
    """Once they have written all they write: nothing of it may stay."""
    handle: Callable[..., Awaitable[Outcome]] = dispatcher._handle
    chance = random.Random()

    def fail() -> None:
        mark.touch()
        raise ValueError("this one can not be handled")

    async def fail_now_and_then(*what: Any) -> Outcome:
        outcome = await handle(*what)
        if chance.random() < how_often:
            fail()
        return outcome

    _set(dispatcher, _handle=fail_now_and_then)


def _mark_own_death(mark: Path) -> None:
    """Whoever is killed by others leaves none."""
    kill = os.kill

    def leave_a_mark(pid: int, number: int) -> None:
        if pid == os.getpid():
            mark.touch()
        kill(pid, number)

    _set(os, kill=leave_a_mark)


def _move_clock(ahead: Path) -> None:
    """The machine's time is off by what the file says at the moment."""

    def machine(_self: Clock) -> datetime:
        try:
            off = float(ahead.read_text() or 0)
        except OSError:
            off = 0.0
        return datetime.now(UTC) + timedelta(seconds=off)

    _set(Clock, machine=machine)
