"""Keeps the newest state of what other services own: the columns that a table names, no more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from shared.context import Work
from shared.contracts import Fact
from shared.database import upsert_newest
from shared.messaging.reactions import FactsHandler


def keep(table: Table) -> FactsHandler:
    """Newest: the handler that keeps a copy of each aggregate in this table."""

    async def keep_copy(work: Work, facts: Sequence[Fact[Any]]) -> None:
        await keep_newest(work, table, facts)

    keep_copy.__name__ = f"keep_{table.name}"
    return keep_copy


async def keep_newest(work: Work, table: Table, facts: Sequence[Fact[Any]]) -> set[Any]:
    """Write each fact's event by its aggregate where its sequence is higher than the one kept; the
    keys written. The others are counted as stale."""
    (key,) = table.primary_key.columns.keys()
    columns = {*table.columns.keys()} - {key, "sequence"}
    rows = [
        {
            key: getattr(fact.event, fact.event.aggregate),
            **fact.event.model_dump(include=columns),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    written = await upsert_newest(work.connection, table, rows)
    work.stale += len(rows) - len(written)
    return {kept for (kept,) in written}
