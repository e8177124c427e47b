"""The witness can tell: it watches every table that counts, and sees a row that goes back."""

from pathlib import Path

import pytest_asyncio

from tests.conftest import NewDatabase
from tests.faults.books import Books, Databases, Files
from tests.faults.witness import regressions, watch

TABLES = (
    "CREATE TABLE kept (id INTEGER, sequence BIGINT)",
    "CREATE TABLE counted (id INTEGER, last BIGINT)",
    "CREATE TABLE other (id INTEGER, name TEXT)",
)


@pytest_asyncio.fixture
async def books(database_kind: str, new_database: NewDatabase, tmp_path: Path) -> Books:
    """The books of one service, with two tables that count, and one that does not."""
    made: Books = Files(tmp_path)
    if database_kind == "postgresql":
        url = (await new_database("service")).replace("+asyncpg", "")
        made = Databases({"service": url})
    for statement in (*TABLES, "INSERT INTO kept VALUES (1, 5)"):
        await made.write("service", statement)
    return made


async def test_every_table_that_counts_is_watched(books: Books) -> None:
    assert await watch(books, ["service"]) == 2


async def test_row_that_goes_forward_is_no_regression(books: Books) -> None:
    await watch(books, ["service"])

    await books.write("service", "UPDATE kept SET sequence = 6")

    assert await regressions(books, ["service"]) == []


async def test_row_that_goes_back_is_seen(books: Books) -> None:
    await watch(books, ["service"])

    await books.write("service", "UPDATE kept SET sequence = 4")

    assert await regressions(books, ["service"]) == ["service.kept"]
