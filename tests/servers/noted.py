"""What stands in a database, noted once and put into others: many tests begin alike, and to ask
for all of it again takes longer than most of them."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import MetaData, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database, insert_all

Rows = list[dict[str, Any]]
Noted = Mapping[Table, Rows]
"""The rows of each table that has some; the tables in an order in which they can be filled."""


async def note(database: Database, *tables: MetaData, without: Collection[Table] = ()) -> Noted:
    """All that stands in a database, without what stands in these tables."""
    async with database.reading() as connection:
        in_order = [one for part in tables for one in part.sorted_tables if one not in without]
        found = {table: await _rows(connection, table) for table in in_order}
    return {table: rows for table, rows in found.items() if rows}


async def put_in(database: Database, noted: Noted) -> None:
    """Have what was noted stand in tables that are empty."""
    async with database.writing() as connection:
        for table, rows in noted.items():
            await insert_all(connection, table, rows)
            await _count_on(connection, table, rows)


async def _rows(connection: AsyncConnection, table: Table) -> Rows:
    found = await connection.execute(select(table).order_by(*table.primary_key))
    return [dict(row._mapping) for row in found]


async def _count_on(connection: AsyncConnection, table: Table, rows: Rows) -> None:
    """Have the next row be numbered after these; SQLite does it by itself."""
    counter = table.autoincrement_column
    if counter is not None and connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, counter.name)
        highest = max(row[counter.name] for row in rows)
        await connection.execute(select(func.setval(sequence, highest)))
