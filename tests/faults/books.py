"""Reads what an installation has on record, in the databases themselves."""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import asyncpg

SECONDS_TO_WAIT = 20.0
Rows = list[tuple[Any, ...]]
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, sqlite3.OperationalError)
"""What reading raises while a database is away, or held by another."""


class Books(Protocol):
    """The database of each service."""

    async def read(self, service: str, query: str) -> Rows:
        """What a service has on record."""
        ...

    async def write(self, service: str, statement: str) -> None:
        """Change something behind the service's back."""
        ...


class Files:
    """The files of an embedded installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def read(self, service: str, query: str) -> Rows:
        """What a service has on record."""
        return await asyncio.to_thread(self._do, service, query)

    async def write(self, service: str, statement: str) -> None:
        """Change something behind the service's back."""
        await asyncio.to_thread(self._do, service, statement)

    def hold(self, service: str) -> sqlite3.Connection:
        """The turn to write, until this connection is closed."""
        path = self._folder / f"{service}.sqlite"
        held = sqlite3.connect(
            path, timeout=SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False
        )
        held.execute("BEGIN IMMEDIATE")
        return held

    def _do(self, service: str, statement: str) -> Rows:
        path = self._folder / f"{service}.sqlite"
        with closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT)) as connection, connection:
            return list(connection.execute(statement))


class Databases:
    """The databases of services that run apart, as their administrator reads them."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = urls

    async def read(self, service: str, query: str) -> Rows:
        """What a service has on record."""
        connection = await asyncpg.connect(self._urls[service], timeout=SECONDS_TO_WAIT)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    async def write(self, service: str, statement: str) -> None:
        """Change something behind the service's back."""
        connection = await asyncpg.connect(self._urls[service], timeout=SECONDS_TO_WAIT)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
