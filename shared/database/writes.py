"""Writes whose SQL depends on the engine: insert what is new, keep the newest, add to a count."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database.bulk import insert_of, one_of, parameters_of

Row = Mapping[str, Any]
Key = tuple[Any, ...]


async def insert_all(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, in their order."""
    await _each(connection, _plainly, table, rows)


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> list[Key]:
    """Insert the rows whose primary or unique key is not there yet; the primary keys inserted."""
    return await _each(connection, _where_new, table, rows)


async def upsert_newest(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], *, sequence: str = "sequence"
) -> list[Key]:
    """Write rows by primary key where their sequence is higher than the one kept.

    Returns the primary keys written; the others were stale. A key may come once only.
    """
    names = table.primary_key.columns.keys()
    ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in names))
    return await _each(connection, _where_newer, table, ordered, sequence)


async def add_to(
    connection: AsyncConnection, table: Table, keys: Row, **amounts: int
) -> dict[str, int]:
    """Add amounts to the counters of one row, made when it is not there; the new values."""
    [reached] = await _each(connection, _adding, table, [{**keys, **amounts}], *amounts)
    return dict(zip(amounts, reached[-len(amounts) :], strict=True))


async def add_to_each(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], *, amount: str
) -> dict[Any, int]:
    """Add to one counter of several rows, made where they are not there; the new values by key.

    Rows are locked in the order of their keys (one column), so that nobody waits in a circle.
    """
    (key,) = table.primary_key.columns.keys()
    ordered = sorted(rows, key=lambda row: str(row[key]))
    return dict(await _each(connection, _adding, table, ordered, amount))


async def delete_these(
    connection: AsyncConnection, column: Column[Any], values: Collection[Any]
) -> None:
    """Delete the rows that have one of these values."""
    statement = _being(connection.dialect.name, column)
    await connection.execute(statement, {"these": list(values)})


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
    connection: AsyncConnection,
    written: Callable[..., Any],
    table: Table,
    rows: Sequence[Row],
    *named: str,
) -> list[Key]:
    """What the statement returns for the rows, all of them in one go."""
    if not rows:
        return []
    statement = written(connection.dialect.name, table, tuple(rows[0]), *named)
    found = await connection.execute(statement, parameters_of(connection, rows))
    return [tuple(row) for row in found] if found.returns_rows else []


# Statements are made once for each table and choice of columns: making one costs more than to run.


@cache
def _plainly(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    return insert_of(dialect, table, names)


@cache
def _being(dialect: str, column: Column[Any]) -> Any:
    return delete(column.table).where(one_of(dialect, column, "these"))


@cache
def _where_new(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    statement = insert_of(dialect, table, names).on_conflict_do_nothing()
    return statement.returning(*table.primary_key.columns)


@cache
def _where_newer(dialect: str, table: Table, names: tuple[str, ...], sequence: str) -> Any:
    key = list(table.primary_key.columns)
    kept = {column.name for column in key}
    statement = insert_of(dialect, table, names)
    statement = statement.on_conflict_do_update(
        index_elements=key,
        set_={name: statement.excluded[name] for name in names if name not in kept},
        where=table.c[sequence] < statement.excluded[sequence],
    )
    return statement.returning(*key)


@cache
def _adding(dialect: str, table: Table, names: tuple[str, ...], *amounts: str) -> Any:
    key = list(table.primary_key.columns)
    statement = insert_of(dialect, table, names)
    statement = statement.on_conflict_do_update(
        index_elements=key,
        set_={name: table.c[name] + statement.excluded[name] for name in amounts},
    )
    return statement.returning(*key, *(table.c[name] for name in amounts))
