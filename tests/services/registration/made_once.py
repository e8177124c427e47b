"""What many tests begin with, asked for once in a session: the next test finds its rows put in."""

import json
from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from shared.tables import story
from tests.servers.noted import Noted, note, put_in
from tests.services.registration.building import TABLES, Registration, SignedIn

Make = TypeVar("Make", bound=Callable[..., Awaitable[Any]])


def made_once(make: Make) -> Make:
    """Have what a function brings about brought about by requests once, for each kind of database
    and each choice of its arguments, which JSON can say. A service that was told something before,
    or knows somebody, is always asked.

    What it gives back may hold the service and people who are signed in; the next gets its own.
    """
    kept: dict[str, _Begun] = {}

    @wraps(make)
    async def made(registration: Registration, *args: Any, **kwargs: Any) -> Any:
        if not registration.takes_over or not registration.is_untouched:
            return await make(registration, *args, **kwargs)
        kind = registration.database.is_sqlite
        way = json.dumps([kind, registration.now.isoformat(), args, kwargs])
        if way in kept:
            return await kept[way].again(registration)
        result = await make(registration, *args, **kwargs)
        kept[way] = await _begun(registration, result)
        return result

    return cast(Make, made)


class _Itself:
    """Stands for the service in what is kept."""

    def __deepcopy__(self, memo: dict[Any, Any]) -> Registration:
        registration: Registration = memo[_Itself]
        return registration


@dataclass
class _Somebody:
    """Stands for who is signed in."""

    how: SignedIn

    def __deepcopy__(self, memo: dict[Any, Any]) -> Any:
        registration: Registration = memo[_Itself]
        return registration.client(*self.how)


@dataclass(frozen=True, slots=True)
class _Begun:
    """How things stood."""

    rows: Noted
    now: datetime
    told: int
    sequences: Mapping[str, int]
    read: int
    delivered: int
    result: Any

    async def again(self, registration: Registration) -> Any:
        """Have them stand so in a service that is untouched; the result."""
        await put_in(registration.database, self.rows)
        if registration.now != self.now:
            await registration.moves_to(self.now)
        registration.told, registration.sequences = self.told, dict(self.sequences)
        registration.read, registration.delivered = self.read, self.delivered
        whose: dict[Any, Any] = {_Itself: registration}
        return deepcopy(self.result, whose)


async def _begun(registration: Registration, result: Any) -> _Begun:
    stand_for: dict[int, Any] = {id(who): _Somebody(how) for who, how in registration.people}
    return _Begun(
        rows=await note(registration.database, *TABLES, without=[story]),
        now=registration.now,
        told=registration.told,
        sequences=dict(registration.sequences),
        read=registration.read,
        delivered=registration.delivered,
        result=deepcopy(result, {id(registration): _Itself(), **stand_for}),
    )
