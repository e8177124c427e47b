"""How often papers may be checked: a bucket of tokens per client address, and one for all.

Kept in the memory of each process: a guess needs 2^75 tries, this only keeps the noise down.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from shared.refusals import Refused
from shared.web.body import Taken

LARGEST_NUMBER_OF_ADDRESSES = 10_000


class PaperToCheck(Taken):
    """What is printed on a paper: its number, and the family name in either script."""

    number: Annotated[str, Field(min_length=1, max_length=200)]
    family_name: Annotated[str, Field(min_length=1, max_length=300)]


class TooManyChecks(Refused):
    """Papers are checked a few at a time; try again in a little while."""

    status = 429
    title = "Too many checks, try again later"
    retry_after = 30


@dataclass
class Bucket:
    """Holds up to `size` tokens and gains `per_second`."""

    size: float
    per_second: float
    tokens: float
    filled_at: float

    def take(self, now: float) -> bool:
        """Whether there was a token to take."""
        gained = (now - self.filled_at) * self.per_second
        self.tokens, self.filled_at = min(self.size, self.tokens + gained), now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class CheckLimit:
    """Ten checks at once from one address and then one every six seconds; a hundred from all
    and then ten a second."""

    clock: Callable[[], float] = time.monotonic
    each_size: float = 10
    each_per_second: float = 1 / 6
    all_size: float = 100
    all_per_second: float = 10
    _by_address: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)
    _all: Bucket | None = None

    def allows(self, address: str) -> bool:
        """Whether this address may check once more now."""
        now = self.clock()
        if self._all is None:
            self._all = Bucket(self.all_size, self.all_per_second, self.all_size, now)
        own = self._by_address.pop(address, None)
        own = own or Bucket(self.each_size, self.each_per_second, self.each_size, now)
        self._by_address[address] = own
        if len(self._by_address) > LARGEST_NUMBER_OF_ADDRESSES:
            self._by_address.popitem(last=False)
        return own.take(now) and self._all.take(now)


async def _within_reason(request: Request) -> None:
    limit: CheckLimit = request.app.state.check_limit
    if not limit.allows(request.client.host if request.client else ""):
        raise TooManyChecks


WithinReason = Annotated[None, Depends(_within_reason)]
"""Refuses an address that checks too often."""
