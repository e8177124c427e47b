"""One table with every column type of ours, for the tests of this folder."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, UniqueConstraint

from shared.database import Database, Document, Id, Instant, LocalizedText, Money

METADATA = MetaData()

kept = Table(
    "kept",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("identity", Id),
    Column("at", Instant),
    Column("sum", Money),
    Column("document", Document),
    Column("names", LocalizedText),
)

place = Table(
    "place",
    METADATA,
    Column("room", String(20), primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("taken_by", String(40)),
    Column("sequence", BigInteger, nullable=False, default=0),
    UniqueConstraint("taken_by", name="place_taken_once"),
)

guests = Table(
    "guests",
    METADATA,
    Column("room", String(20), primary_key=True),
    Column("guests", Integer, nullable=False),
)


@asynccontextmanager
async def opened(url: str, *, turn_timeout: float = 10.0) -> AsyncIterator[Database]:
    """A database with these tables."""
    database = Database(url, turn_timeout=turn_timeout)
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
    try:
        yield database
    finally:
        await database.close()


async def keep(database: Database, *rows: dict[str, Any]) -> None:
    """Insert rows, numbered from 1, in one transaction each."""
    for number, row in enumerate(rows, start=1):
        async with database.writing() as connection:
            await connection.execute(kept.insert().values(id=number, **row))


async def column(database: Database, query: Any) -> Sequence[Any]:
    """The first column of what a query finds."""
    async with database.reading() as connection:
        return (await connection.execute(query)).scalars().all()
