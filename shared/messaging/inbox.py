"""The inbox: every event takes effect once for each consumer, however often it arrives."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.envelope import FROM_ARCHIVE
from shared.database import insert_new
from shared.tables import inbox


class IdReused(Exception):
    """An event id came again with another body: one of the two is not what it says."""


async def take_in(work: Work, consumer: str, facts: Sequence[Fact[Any]]) -> list[Fact[Any]]:
    """Note the facts as taken; those that were not taken before.

    Raises `IdReused` when a known id, or an id twice in the same message, has another body.
    """
    by_id: dict[tuple[str, str], Fact[Any]] = {}
    for fact in facts:
        first = by_id.setdefault((fact.source, fact.id), fact)
        if first is not fact and first.digest != fact.digest:
            raise IdReused(fact.id)
    taken_at = work.context.clock.machine()
    rows = [
        {
            "consumer": consumer,
            "source": fact.source,
            "event_id": fact.id,
            "digest": fact.digest,
            "taken_at": taken_at,
        }
        for fact in by_id.values()
    ]
    taken = {(source, identity) for _, source, identity in await _insert(work, rows)}
    await _refuse_other_bodies(
        work, consumer, [fact for key, fact in by_id.items() if key not in taken]
    )
    fresh = [fact for key, fact in by_id.items() if key in taken]
    if len(fresh) < len(facts):
        work.accounts.append(("repeated", consumer, facts[0].type, len(facts) - len(fresh)))
    return fresh


async def _insert(work: Work, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    ordered = sorted(rows, key=lambda row: (row["source"], row["event_id"]))
    return await insert_new(work.connection, inbox, ordered)


async def _refuse_other_bodies(work: Work, consumer: str, known: Sequence[Fact[Any]]) -> None:
    if not known:
        return
    query = select(inbox.c.source, inbox.c.event_id, inbox.c.digest).where(
        inbox.c.consumer == consumer, inbox.c.event_id.in_([fact.id for fact in known])
    )
    kept = {(row.source, row.event_id): row.digest for row in await work.connection.execute(query)}
    for fact in known:
        digests = {kept.get((fact.source, fact.id), fact.digest), fact.digest}
        if len(digests) > 1 and FROM_ARCHIVE not in digests:
            raise IdReused(fact.id)
