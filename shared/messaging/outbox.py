"""Staging events in the transaction that saves the state they tell of."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from shared.contracts import Envelope, Event, encode
from shared.database import add_to, add_to_each, insert_all
from shared.ids import new_id
from shared.tables import aggregate_sequence, event_count, outbox

if TYPE_CHECKING:
    from shared.context import Work

SHARDS = 8
"""Counters are spread over a few rows, so that writers do not queue for one."""


class NotOursToPublish(Exception):
    """An event type belongs to the service it is named after, and to no other; answers to outsiders
    belong to whichever service owns what was sent."""


async def stage(work: Work, events: Sequence[Event]) -> None:
    """Give each event its id and its aggregate's next sequence, and put it in the outbox.

    Raises `NotOursToPublish`.
    """
    if not events:
        return
    _check_ours(work, events)
    await _put_in(work, events, await _next_sequences(work, events))


async def stage_stated(work: Work, events: Sequence[Event], present: Mapping[str, int]) -> None:
    """Put facts that are only stated anew in the outbox, each with the sequence that its aggregate
    has already: it counts no further. Raises `NotOursToPublish`."""
    _check_ours(work, events)
    await _put_in(work, events, [present.get(_aggregate(event), 0) for event in events])


async def present_sequences(work: Work, aggregates: Collection[str]) -> Mapping[str, int]:
    """How far each aggregate has counted."""
    query = select(aggregate_sequence).where(aggregate_sequence.c.aggregate.in_(aggregates))
    return {row.aggregate: row.last for row in await work.connection.execute(query)}


def aggregates_of(event_type: type[Event], keys: Iterable[object]) -> list[str]:
    """The names under which aggregates of an event type count."""
    return [f"{event_type.aggregate}:{key}" for key in keys]


async def count(work: Work, direction: str, consumer: str, event_type: str, number: int) -> None:
    """Add to this service's account of events, in the transaction that makes it true."""
    keys = {
        "direction": direction,
        "consumer": consumer,
        "type": event_type,
        "shard": 0 if work.context.database.is_sqlite else secrets.randbelow(SHARDS),
    }
    await add_to(work.connection, event_count, keys, events=number)
    work.accounts.append((direction, consumer, event_type, number))


def _check_ours(work: Work, events: Sequence[Event]) -> None:
    for event in events:
        if event.type.partition(".")[0] not in (work.context.service, "ingress"):
            raise NotOursToPublish(event.type)


async def _put_in(work: Work, events: Sequence[Event], sequences: Sequence[int]) -> None:
    if not events:
        return
    rows = []
    for event, sequence in zip(events, sequences, strict=True):
        identity = new_id()
        rows.append(
            {
                "event_id": identity,
                "type": event.type,
                "person_id": event.concerned_person,
                "body": encode(_envelope(work, event, str(identity), sequence)),
                "staged_at": work.context.clock.machine(),
            }
        )
    await insert_all(work.connection, outbox, rows)
    work.has_outgoing = True
    for event_type, number in sorted(Counter(event.type for event in events).items()):
        await count(work, "committed", "", event_type, number)


async def _next_sequences(work: Work, events: Sequence[Event]) -> list[int]:
    """The next numbers of each aggregate; locked in the order of their names: no deadlock."""
    wanted = Counter(_aggregate(event) for event in events)
    rows = [{"aggregate": aggregate, "last": number} for aggregate, number in wanted.items()]
    last = await add_to_each(work.connection, aggregate_sequence, rows, amount="last")
    reached = {aggregate: last[aggregate] - number for aggregate, number in wanted.items()}
    sequences = []
    for event in events:
        reached[_aggregate(event)] += 1
        sequences.append(reached[_aggregate(event)])
    return sequences


def _aggregate(event: Event) -> str:
    return f"{event.aggregate}:{event.partitionkey}"


def _envelope(work: Work, event: Event, identity: str, sequence: int) -> Envelope:
    origin = work.origin_of(event)
    return Envelope(
        id=identity,
        source=work.context.source,
        type=event.type,
        time=work.now,
        party=event.concerned_party,
        partitionkey=event.partitionkey,
        sequence=f"{sequence:020}",
        correlationid=origin.correlation_id,
        causationid=origin.cause_id,
        actor=work.actor.role if work.actor.role != "service" else work.context.service,
        traceparent=origin.traceparent,
        data=event.model_dump(mode="json", exclude_none=True),
    )
