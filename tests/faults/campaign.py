"""Does harm in several lanes at once, each one thing after the other, and says so as it goes."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from .books import AWAY
from .checker import Account
from .effects import Records
from .load import Load
from .nemeses.nemesis import Nemesis, NotReached
from .posts import Posts
from .spans import Noted, Spans

SECONDS_OF_HARM = 300.0
"""So long one harm may take in all; with more of it something waits for what never comes."""
SECONDS_TO_SETTLE = 120.0
SECONDS_BETWEEN_LOOKS = 0.25
TIMES_TO_MAKE_UP = 2
MOST_NOTES = 5
Say = Callable[[str], None]


class Installation(Protocol):
    """Where harm is done."""

    posts: Posts
    records: Records

    async def queued(self) -> int:
        """What waits in the transport."""
        ...


@dataclass
class Campaign:
    """One run: what was done, and what could not be."""

    say: Say
    faults: Counter[str] = field(default_factory=Counter)
    not_reached: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, str] = field(default_factory=dict)
    """Harm that this machine can not do, and why."""
    away: Spans = field(default_factory=Spans)
    """When something was taken away that processes need."""
    poisons: int = 0
    """How many letters must be set aside for poison that was mixed in."""
    poisons_in_doubt: int = 0
    """How many more may be."""
    _missed: dict[str, Nemesis] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    async def wage(
        self, installation: Installation, load: Load, lanes: Iterable[Iterable[Nemesis]]
    ) -> Account:
        """Run the load while harm is done; what the run comes to."""
        stop = asyncio.Event()
        loading = asyncio.create_task(load.run(stop))
        try:
            await asyncio.gather(*(self._lane(one) for one in lanes))
            await self._make_up()
        finally:
            stop.set()
            await loading
        left = await self._settle(installation)
        account = await installation.records.account(load)
        account.left_over = sum(left.values())
        set_aside = await installation.records.unreadable()
        account.lost += max(0, self.poisons - set_aside)
        account.unexpected += max(0, set_aside - self.poisons - self.poisons_in_doubt)
        account.unexpected += len(load.refused)
        for what in load.refused[:MOST_NOTES]:
            self.tell(f"of note: {what}")
        self._count_harm(account)
        ended, errors = installation.posts.ended_by_themselves, load.internal_errors
        account.ended_by_themselves, account.ended_for_want = self._explained(ended)
        account.internal_errors, account.errors_for_want = self._explained(errors)
        return account

    def leave_out(self, name: str, reason: str) -> None:
        """Say that this machine can not do some harm."""
        self.left_out[name] = reason
        self.tell(f"{name} is left out: {reason}")

    async def _lane(self, nemeses: Iterable[Nemesis]) -> None:
        for one in nemeses:
            if not await self._do(one):
                self._missed[one.name] = one

    async def _make_up(self) -> None:
        """What other harm stood in the way of is done when that is over."""
        for _ in range(TIMES_TO_MAKE_UP):
            for name in sorted(self._missed.keys() - self.faults.keys()):
                await self._do(self._missed[name])

    async def _do(self, one: Nemesis) -> bool:
        began = time.monotonic()
        poisons, in_doubt = _poisons(one)
        try:
            async with asyncio.timeout(SECONDS_OF_HARM):
                await one.start()
                await asyncio.sleep(one.seconds)
                await one.stop()
        except Exception as error:
            self.not_reached[one.name] += 1
            reason = error if isinstance(error, NotReached) else repr(error)
            self.tell(f"{one.name}: not reached ({reason})")
            return False
        finally:
            after, in_doubt_after = _poisons(one)
            self.poisons += after - poisons
            self.poisons_in_doubt += in_doubt_after - in_doubt
            if getattr(one, "takes_away", False):
                self.away.add(began)
        self.faults[one.name] += 1
        about = getattr(one, "post", "") or getattr(one, "service", "")
        self.tell(f"{one.name} {about} ({time.monotonic() - began:.1f} s)")
        return True

    def _count_harm(self, account: Account) -> None:
        account.faults = dict(sorted(self.faults.items()))
        account.not_reached = dict(sorted(self.not_reached.items()))
        account.never_done = sorted(self.not_reached.keys() - self.faults.keys())
        account.left_out = self.left_out

    def _explained(self, noted: Sequence[Noted]) -> tuple[int, int]:
        """How many of these no harm explains, and how many some harm does."""
        unexplained = [one for one in noted if not self.away.explain(one)]
        explained = [one for one in noted if self.away.explain(one)]
        for number, one in enumerate([*unexplained, *explained][:MOST_NOTES]):
            why = "nothing explains it" if number < len(unexplained) else "something was away"
            self.tell(f"of note: {one.what} at {one.at - self._began:.1f}: {why}")
        return len(unexplained), len(explained)

    async def _settle(self, installation: Installation) -> dict[str, int]:
        """What is still left when nothing is on its way any more, or after a long time."""
        give_up_at = time.monotonic() + SECONDS_TO_SETTLE
        quiet = 0
        left: dict[str, int] = {}
        while quiet < 2 and time.monotonic() < give_up_at:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            try:
                left = await _left(installation)
            except Exception as away:  # a server that has not come back yet, a file that is held
                left = {type(away).__name__: 1}
            quiet = 0 if left else quiet + 1
        if left:
            self.tell(f"left over: {left}")
            with suppress(*AWAY):
                for letters in await installation.records.set_aside():
                    self.tell(f"of note: {letters}")
        return left

    def tell(self, what: str) -> None:
        """Say something, and when."""
        self.say(f"{time.monotonic() - self._began:7.1f}  {what}")


async def _left(installation: Installation) -> dict[str, int]:
    left = dict(await installation.records.left_over())
    if queued := await installation.queued():
        left["queued"] = queued
    missing = await installation.records.on_the_way()
    return left | {what: number for what, number in missing if number > 0}


def _poisons(one: Nemesis) -> tuple[int, int]:
    return getattr(one, "poisons_due", 0), getattr(one, "poisons_in_doubt", 0)
