"""Databases that have their tables and no rows, lent to one test after another.

Making the tables of a service takes longer than most of its tests; emptying them takes next to
nothing.
"""

import asyncio
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import asyncpg
from sqlalchemy import MetaData
from sqlalchemy.engine import make_url

from shared.database import Database
from tests.servers.databases import drop_database, fresh_name, make_database, sqlite_database

EMPTY = """
SET session_replication_role = replica;
SET lock_timeout = '5s';
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', each.tablename);
  END LOOP;
  FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(format('%I', each.sequencename)::regclass, 1, false);
  END LOOP;
END $$
"""


class PreparedDatabases:
    """What was made in this session: a file to copy, and databases that nobody has now."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        self._folder = folder
        self._server = server
        self._files: dict[tuple[MetaData, ...], Path] = {}
        self._free_files: defaultdict[tuple[MetaData, ...], list[str]] = defaultdict(list)
        self._free: defaultdict[tuple[MetaData, ...], list[str]] = defaultdict(list)
        self._made: list[str] = []

    @asynccontextmanager
    async def lent_file(self, *tables: MetaData) -> AsyncIterator[str]:
        """A SQLite file, which the next test gets as it was made."""
        if not self._free_files[tables]:
            self._free_files[tables].append(fresh_name())
        name = self._free_files[tables].pop()
        yield await self.file(self._folder, name, *tables)
        self._free_files[tables].append(name)

    async def file(self, folder: Path, name: str, *tables: MetaData) -> str:
        """A SQLite file in a folder of the test."""
        if tables not in self._files:
            first = sqlite_database(self._folder, fresh_name())
            await make_tables(first, *tables)
            self._files[tables] = Path(make_url(first).database or "")
        url = sqlite_database(folder, name)
        file = Path(make_url(url).database or "")
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        shutil.copyfile(self._files[tables], file)
        return url

    @asynccontextmanager
    async def lent(self, *tables: MetaData) -> AsyncIterator[str]:
        """A database of PostgreSQL, which is emptied afterwards for the next test."""
        if not self._free[tables]:
            name = fresh_name()
            url = await make_database(self._server(), name)
            self._made.append(name)
            await make_tables(url, *tables)
            self._free[tables].append(url)
        url = self._free[tables].pop()
        yield url
        connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=30)
        try:
            await connection.execute(EMPTY)
            self._free[tables].append(url)
        except asyncpg.LockNotAvailableError:
            return  # a test left something running in it: it is not lent again
        finally:
            await connection.close()

    def drop(self) -> None:
        """Remove what was made; the server may be one that goes on."""
        for name in self._made:
            asyncio.run(drop_database(self._server(), name))


@cache
def database_at(url: str) -> Database:
    """The same for every test on one database, closed after each: what SQLAlchemy has compiled for
    it once, which takes as long as asking, is not compiled again."""
    return Database(url)


async def make_tables(url: str, *tables: MetaData) -> None:
    """Make the tables in a database that has none."""
    database = Database(url)
    async with database.writing() as connection:
        for metadata in tables:
            await connection.run_sync(metadata.create_all)
    await database.close()
