"""Connections to SQLite do short things at hand, and never hold up the loop by waiting."""

import asyncio
import sqlite3
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from shared.database import Database
from tests.servers.databases import sqlite_database

LONGEST_STANDSTILL = 0.25
SLOW_READ = """
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000000)
    SELECT max(n) FROM counted
"""
_tally = Table("tally", MetaData(), Column("n", Integer, primary_key=True))


async def test_a_slow_read_does_not_hold_up_the_loop(tmp_path: Path) -> None:
    database = Database(sqlite_database(tmp_path, "slow"))
    async with database.writing() as connection:
        await connection.run_sync(_tally.metadata.create_all)

    async with database.reading() as connection:
        standstill, found = await _standstill_during(connection.scalar(text(SLOW_READ)))

    assert found == 3_000_000
    assert standstill < LONGEST_STANDSTILL
    await database.close()


async def test_waiting_for_the_lock_of_another_process_does_not_hold_up_the_loop(
    tmp_path: Path,
) -> None:
    url = sqlite_database(tmp_path, "locked")
    database = Database(url)
    async with database.writing() as connection:
        await connection.run_sync(_tally.metadata.create_all)
    other = sqlite3.connect(url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.6, other.rollback)

    standstill, _ = await _standstill_during(_write(database))

    other.close()
    assert standstill < LONGEST_STANDSTILL
    await database.close()


async def test_a_statement_tells_what_the_driver_tells(tmp_path: Path) -> None:
    database = Database(sqlite_database(tmp_path, "told"))
    async with database.writing() as connection:
        await connection.run_sync(_tally.metadata.create_all)
        inserted = await connection.execute(_tally.insert(), {"n": 7})
        many = await connection.execute(_tally.insert(), [{"n": 8}, {"n": 9}])
        changed = await connection.execute(
            _tally.update().where(_tally.c.n > 7).values(n=-_tally.c.n)
        )

        with pytest.raises(Exception, match="UNIQUE"):
            await connection.execute(_tally.insert(), {"n": 7})

    assert inserted.inserted_primary_key == (7,)
    assert (many.rowcount, changed.rowcount) == (2, 2)
    await database.close()


async def _write(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(_tally.insert(), {"n": 1})


async def _standstill_during(doing: Coroutine[Any, Any, object]) -> tuple[float, object]:
    """The longest that the loop stood still meanwhile, in seconds, and what came of it."""
    task, longest, seen = asyncio.ensure_future(doing), 0.0, time.monotonic()
    while not task.done():
        await asyncio.sleep(0.005)
        longest, seen = max(longest, time.monotonic() - seen), time.monotonic()
    return longest, await task
