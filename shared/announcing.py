"""Stating current facts anew, for a consumer that comes later.

Each states the whole of an aggregate under a new id, with the sequence that it has now: whoever
knows as much already leaves it aside, and nothing is sent or done because of it.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Row, select

from shared.context import Actor, Audited, Context, Work
from shared.contracts import Event
from shared.contracts.listeners import LISTENERS
from shared.contracts.stated import kind_of
from shared.ids import new_id
from shared.messaging.outbox import aggregates_of, present_sequences, stage_stated
from shared.refusals import Refused

AGGREGATES_AT_ONCE = 500
Tell = Callable[[Work, Sequence[Any]], Awaitable[Sequence[Event]]]
"""The facts of the aggregates with these keys, as they are now; of some there may be none."""


class KindIsNotAnnounced(Refused):
    """The service has no facts of this kind to state."""

    title = "The service announces nothing of this kind"


class NobodyListens(Refused):
    """No queue would take what is announced, and it would wait in the outbox for ever."""

    title = "No service listens to what would be announced"


@dataclass(frozen=True, slots=True)
class Kind:
    """Facts of one kind that a service owns: the type they are stated as, the key of their
    aggregates in order, and how they are told."""

    stated: type[Event]
    key: Column[Any]
    tell: Tell

    @property
    def name(self) -> str:
        """What it is asked for by."""
        return kind_of(self.stated)

    @property
    def listeners(self) -> Sequence[str]:
        """The services that take it."""
        return [name for name, types in LISTENERS.items() if self.stated.type in types]


def told_by_row(stated: type[Event], key: Column[Any], describe: Callable[[Any], Event]) -> Kind:
    """A kind of which every row of a table tells one fact."""

    async def tell(work: Work, keys: Sequence[Any]) -> Sequence[Event]:
        return [describe(row) for row in await rows_of(work, key, keys)]

    return Kind(stated, key, tell)


async def rows_of(work: Work, key: Column[Any], keys: Collection[Any]) -> Sequence[Row[Any]]:
    """The rows of a table with these keys, in their order."""
    query = select(key.table).where(key.in_(keys)).order_by(key)
    return (await work.connection.execute(query)).all()


def kind_named(kinds: Sequence[Kind], name: str) -> Kind:
    """The kind of this name. Raises `KindIsNotAnnounced`, `NobodyListens`."""
    found = {kind.name: kind for kind in kinds}.get(name)
    if found is None:
        raise KindIsNotAnnounced(name)
    if not found.listeners:
        raise NobodyListens(found.stated.type)
    return found


async def announce(context: Context, kind: Kind, actor: Actor) -> int:
    """State all facts of a kind anew, a page in a transaction; how many."""
    correlation_id = str(new_id())
    total, page = 0, _Page()
    while True:
        await context.commit(
            partial(_state, kind=kind, page=page),
            actor=actor,
            correlation_id=correlation_id,
            audited=Audited("announce", kind.name) if page.after is None else None,
        )
        total += page.told
        if len(page.keys) < AGGREGATES_AT_ONCE:
            return total
        page = _Page(after=page.keys[-1])


@dataclass
class _Page:
    """A few aggregates, stated in one transaction."""

    after: Any = None
    keys: Sequence[Any] = ()
    told: int = 0


async def _state(work: Work, *, kind: Kind, page: _Page) -> None:
    """The sequences are read before the facts: what changes meanwhile is told with a number too
    low, and the event of the change replaces it; one too high would keep that event out."""
    query = select(kind.key).order_by(kind.key).limit(AGGREGATES_AT_ONCE)
    if page.after is not None:
        query = query.where(kind.key > page.after)
    page.keys = (await work.connection.execute(query)).scalars().all()
    sequences = await present_sequences(work, aggregates_of(kind.stated, page.keys))
    events = [_anew(event, kind.stated) for event in await kind.tell(work, page.keys)]
    await stage_stated(work, events, sequences)
    page.told = len(events)


def _anew(event: Event, stated: type[Event]) -> Event:
    said: dict[str, Any] = dict(event)
    return event if isinstance(event, stated) else stated(**said)
