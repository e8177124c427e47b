"""SQLite connections that cross to their thread as seldom as they can.

The driver crosses over four times a statement: to open a cursor, execute, fetch and close. Under
load each crossing waits for the loop, and for the interpreter's lock.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.engine import make_url

ROWS_PER_FETCH = 64
MAY_WAIT = ("BEGIN IMMEDIATE", "PRAGMA")
"""How statements begin that wait for whoever else has the file locked."""


def connection_maker(url: str, *, timeout: float, at_hand: bool) -> Callable[[], Any]:
    """Makes connections to the file of a URL. `at_hand`: what neither waits for a lock nor for
    the disk is done where it is asked for, as the short statements of a writer are."""
    file = make_url(url).database or ":memory:"

    async def make() -> Connection:
        made = Connection(
            lambda: sqlite3.connect(file, timeout=timeout, check_same_thread=False),
            ROWS_PER_FETCH,
        )
        made.at_hand = at_hand
        made._thread.daemon = True  # as SQLAlchemy has it where it connects itself
        await made
        return made

    return make


class Connection(aiosqlite.Connection):
    """A connection with cursors that hold the whole answer once they are executed."""

    at_hand = False
    _under_way = 0

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor for one statement."""
        return Cursor(self)

    async def carry_out(self, statement: "Statement") -> "Answer":
        """Have something done by the thread of the connection."""

        def carried_out() -> Answer:
            try:
                return statement(self._conn)
            finally:
                self._under_way -= 1

        self._under_way += 1
        answer: Answer = await self._execute(carried_out)  # type: ignore[no-untyped-call]
        return answer

    def do(self, statement: "Statement") -> "Answer":
        """Do something here and now."""
        return statement(self._conn)

    @property
    def is_idle(self) -> bool:
        """Whether the thread has nothing in hand: somebody may have given up waiting for it."""
        return self._under_way == 0

    async def rollback(self) -> None:
        """Nothing waits for the disk here."""
        if self.is_idle:
            self._conn.rollback()
        else:
            await super().rollback()


Answer = tuple[list[Any], Any, int, int | None]
"""Rows, description, how many rows were changed, and the last row id."""
Statement = Callable[[sqlite3.Connection], Answer]


class Cursor:
    """What SQLAlchemy needs of a cursor; nothing stays open behind it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        """Execute, and fetch everything."""

        def carried_out(connection: sqlite3.Connection) -> Answer:
            return _answer(connection.execute(statement, parameters))

        connection = self._connection
        is_short = statement == "BEGIN" or (
            connection.at_hand and not statement.startswith(MAY_WAIT)
        )
        if is_short and connection.is_idle:
            return self._keep(connection.do(carried_out))
        return self._keep(await self._connection.carry_out(carried_out))

    async def executemany(self, statement: str, several: Sequence[Sequence[Any]]) -> "Cursor":
        """Execute once for each; there may be many."""

        def carried_out(connection: sqlite3.Connection) -> Answer:
            return _answer(connection.executemany(statement, several))

        return self._keep(await self._connection.carry_out(carried_out))

    async def fetchall(self) -> list[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open."""

    def _keep(self, answer: Answer) -> "Cursor":
        self._rows, self.description, self.rowcount, self.lastrowid = answer
        return self


def _answer(cursor: sqlite3.Cursor) -> Answer:
    rows = cursor.fetchall() if cursor.description else []
    answer = (rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return answer
