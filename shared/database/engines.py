"""Access to one service's database: read, or write in one transaction that commits at its end.

SQLite gets two engines: one that reads (plain BEGIN, query_only) and one that writes (BEGIN
IMMEDIATE) behind one first-in-first-out lock, because SQLite's own waiting is unfair and starves.
"""

import asyncio
import socket
import sqlite3
import ssl
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionIsFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from shared.database.encryption import encryption_of
from shared.database.given_up import (
    forget_connections,
    given_up_in_time,
    when_a_transaction_falls_silent,
)
from shared.database.sqlite import connection_maker

SECONDS_TO_WAIT_FOR_A_TURN = 10.0
SECONDS_TO_CLOSE = 5.0
READERS, POOL, BEYOND_THE_POOL = 4, 10, 6
OF_CONNECTIONS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What comes of the library as it is tells of a connection: what it says of a statement comes
wrapped. The last is what it says when the server ends a session just as it is asked."""
_AWAY_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
_AWAY_POSTGRESQL = ("08", "28", "3D", "40", "53", "55P03", "57P", "58")
"""SQLSTATEs: no connection, no entry, no database, deadlock, no resources, shut down, disk."""


class DatabaseIsBusy(Exception):
    """No turn to write came in time; the same request may be tried again."""


class Database:
    """One database. `reading()` and `writing()` lend a connection inside a transaction."""

    def __init__(self, url: str, *, turn_timeout: float = SECONDS_TO_WAIT_FOR_A_TURN) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._turn_timeout = turn_timeout
        self._turn = asyncio.Lock()
        if self.is_sqlite:
            self._reader = _sqlite_engine(url, turn_timeout, readers=READERS)
            self._writer = _sqlite_engine(url, turn_timeout, readers=0)
            self._glancer = self._reader
        else:
            address, encryption = encryption_of(make_url(url))
            self._writer = create_async_engine(
                address,
                pool_size=POOL,
                max_overflow=BEYOND_THE_POOL,
                pool_timeout=turn_timeout,
                pool_use_lifo=True,
                hide_parameters=True,
                connect_args={
                    **encryption,
                    "server_settings": when_a_transaction_falls_silent(),
                },
            )
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._glancer = self._writer.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database and changes nothing."""
        async with self._in_time(), self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncConnection]:
        """A connection each of whose questions sees the newest state: quicker, for there is no
        transaction to begin and to end."""
        async with self._in_time(), self._glancer.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are committed together, or none of them.

        Raises `DatabaseIsBusy` when no turn came within the time-out.
        """
        if not self.is_sqlite:
            async with self._in_time(), self._writer.begin() as connection:
                yield connection
            return
        try:
            async with asyncio.timeout(self._turn_timeout):
                await self._turn.acquire()
        except TimeoutError as late:
            raise DatabaseIsBusy from late
        try:
            async with self._writer.begin() as connection:
                yield connection
        finally:
            self._turn.release()

    @property
    def connections(self) -> tuple[int, int]:
        """How many connections are lent now, and how many may be."""
        pools = {id(one.pool): one.pool for one in (self._reader, self._writer)}.values()
        lent = sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))
        return lent, READERS + 1 if self.is_sqlite else POOL + BEYOND_THE_POOL

    @property
    def writer(self) -> AsyncEngine:
        """The engine that writes, for migrations."""
        return self._writer

    async def forget_connections(self) -> None:
        """The line they went over is dead: have all of them made anew."""
        if not self.is_sqlite:
            await forget_connections(self._writer)

    def _in_time(self) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self.is_sqlite else given_up_in_time(self._writer)

    async def close(self) -> None:
        """Give all connections back; those of a dead line are left. Who asks again, in this event
        loop or another, gets new ones."""
        self._turn = asyncio.Lock()
        for engine in (self._reader, self._writer):
            try:
                async with asyncio.timeout(SECONDS_TO_CLOSE):
                    await engine.dispose()
            except TimeoutError:
                await forget_connections(engine)


def is_unavailable(error: BaseException) -> bool:
    """Whether the database, not the statement, is what failed: stop, and try again later."""
    if isinstance(error, DatabaseIsBusy | NoConnectionIsFree | ConnectionError | TimeoutError):
        return True
    if isinstance(error, (ssl.SSLError, *OF_CONNECTIONS)):
        return True
    if not isinstance(error, DBAPIError):
        return isinstance(error, socket.gaierror)
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _AWAY_SQLITE
    if error.statement is None and not isinstance(error, IntegrityError):
        return True  # no connection was had, or it could not begin, or end, whatever the reason
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state.startswith(_AWAY_POSTGRESQL)


def _sqlite_engine(url: str, timeout: float, *, readers: int) -> AsyncEngine:
    """An engine for so many readers, or else for one writer."""
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=readers or 1,
        max_overflow=0,
        pool_timeout=timeout,
        hide_parameters=True,
        async_creator=connection_maker(url, timeout=timeout, at_hand=not readers),
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        if readers:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if readers else "BEGIN IMMEDIATE")

    return engine
