"""Writes whose SQL depends on the engine: insert what is new, keep the newest, add to a count."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Mapping[str, Any]


def _insert(connection: AsyncConnection, table: Table) -> Any:
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


async def insert_new(
    connection: AsyncConnection, table: Table, rows: Sequence[Row]
) -> list[tuple[Any, ...]]:
    """Insert the rows whose primary or unique key is not there yet; the primary keys inserted."""
    statement = _insert(connection, table).on_conflict_do_nothing()
    return await _each(connection, statement.returning(*table.primary_key.columns), rows)


async def upsert_newest(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], *, sequence: str = "sequence"
) -> list[tuple[Any, ...]]:
    """Write rows by primary key where their sequence is higher than the one kept.

    Returns the primary keys written; the others were stale. A key may come once only.
    """
    if not rows:
        return []
    key = list(table.primary_key.columns)
    names = {column.name for column in key}
    ordered = sorted(rows, key=lambda row: tuple(str(row[column.name]) for column in key))
    statement = _insert(connection, table)
    statement = statement.on_conflict_do_update(
        index_elements=key,
        set_={name: statement.excluded[name] for name in rows[0] if name not in names},
        where=table.c[sequence] < statement.excluded[sequence],
    )
    return await _each(connection, statement.returning(*key), ordered)


async def add_to(
    connection: AsyncConnection, table: Table, keys: Row, **amounts: int
) -> dict[str, int]:
    """Add amounts to the counters of one row, made when it is not there; the new values."""
    statement = _insert(connection, table).values({**keys, **amounts})
    statement = statement.on_conflict_do_update(
        index_elements=list(keys),
        set_={name: table.c[name] + amount for name, amount in amounts.items()},
    ).returning(*[table.c[name] for name in amounts])
    row = (await connection.execute(statement)).one()
    return dict(zip(amounts, row, strict=True))


async def add_to_each(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], *, amount: str
) -> dict[Any, int]:
    """Add to one counter of several rows, made where they are not there; the new values by key.

    Rows are locked in the order of their keys (one column), so that nobody waits in a circle.
    """
    (key,) = table.primary_key.columns
    ordered = sorted(rows, key=lambda row: str(row[key.name]))
    statement = _insert(connection, table)
    statement = statement.on_conflict_do_update(
        index_elements=[key], set_={amount: table.c[amount] + statement.excluded[amount]}
    )
    return dict(await _each(connection, statement.returning(key, table.c[amount]), ordered))


async def lock_row(connection: AsyncConnection, table: Table, **key: Any) -> None:
    """Hold a row until the transaction ends, so that who comes second sees what the first did.

    SQLite has one writer at a time and needs no lock.
    """
    if connection.dialect.name == "sqlite":
        return
    mine = [table.c[name] == value for name, value in key.items()]
    await connection.execute(select(func.now()).select_from(table).where(*mine).with_for_update())


async def take_turns(connection: AsyncConnection, name: str) -> None:
    """From here to its end, no other transaction of this name: rows numbered meanwhile are seen in
    the order of their numbers.

    SQLite has one writer at a time anyway.
    """
    if connection.dialect.name == "sqlite":
        return
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


async def _each(
    connection: AsyncConnection, statement: Any, rows: Sequence[Row]
) -> list[tuple[Any, ...]]:
    """What the statement returns for the rows, many of them sent at a time: written out once, it
    is not compiled again for every number of rows."""
    if not rows:
        return []
    found = await connection.execute(statement, [dict(row) for row in rows])
    return [tuple(row) for row in found]
