"""A database that is away is told from a statement that is wrong: only the first may be retried."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.database import Database, insert_new, is_unavailable
from tests.shared.database.kept import kept, opened, place
from tests.shared.database.line import Line

Act = Callable[[Any], Awaitable[Any]]
A_SEAT = {"room": "A", "seat": 1, "sequence": 1}


async def raised(database: Database, act: Act) -> BaseException:
    """What an act in one transaction raises."""
    try:
        async with database.writing() as connection:
            await act(connection)
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def said(kind: bytes, body: bytes) -> bytes:
    """A message as PostgreSQL writes it."""
    return kind + struct.pack("!I", len(body) + 4) + body


FULL_DISK = said(b"E", b"SFATAL\0VFATAL\0CXX000\0Mcould not write init file\0\0")
WELCOME = b"".join(
    [
        said(b"R", struct.pack("!I", 0)),
        said(b"S", b"server_version\x0017.0\0"),
        said(b"S", b"client_encoding\0UTF8\0"),
        said(b"K", struct.pack("!II", 1, 2)),
        said(b"Z", b"I"),
    ]
)


@asynccontextmanager
async def hanging_up(last_words: bytes) -> AsyncIterator[str]:
    """The URL of a server that says this to everybody who comes, and leaves them."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wants_encryption = struct.pack("!II", 8, 80877103)
        if await reader.readexactly(8) == wants_encryption:
            writer.write(b"N")
            await reader.readexactly(8)
        writer.write(last_words)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql+asyncpg://cadre:secret@127.0.0.1:{port}/cadre"


WRONG: dict[str, Act] = {
    "a key that is there": lambda one: one.execute(place.insert().values([A_SEAT, A_SEAT])),
    "no SQL": lambda one: one.execute(text("SELEKT 1")),
    "no such table": lambda one: one.execute(text("SELECT * FROM locked_disk")),
    "a required value missing": lambda one: one.execute(
        place.insert().values(room="A", seat=1, sequence=None)
    ),
    "an id that is none": lambda one: one.execute(kept.insert().values(identity="x")),
    "a number too large": lambda one: one.execute(place.update().values(sequence=2**70)),
    "a value of no known type": lambda one: one.execute(place.update().values(room=object())),
    "a lone surrogate": lambda one: one.execute(place.update().values(room="\ud800")),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_wrong_statement_is_no_reason_to_try_again(wrong: str, database_url: str) -> None:
    async with opened(database_url) as database:
        error = await raised(database, WRONG[wrong])

        assert not is_unavailable(error)


async def test_connection_cut_by_the_server_is(postgresql_url: str) -> None:
    async with opened(postgresql_url) as database:

        async def end_own_connection(connection: Any) -> None:
            await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        async def fall_idle(connection: Any) -> None:
            pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            other = Database(postgresql_url)
            async with other.writing() as second:
                await second.execute(text(f"SELECT pg_terminate_backend({pid})"))
            await other.close()
            await insert_new(connection, place, [A_SEAT])

        assert is_unavailable(await raised(database, end_own_connection))
        assert is_unavailable(await raised(database, fall_idle))


async def test_deadlock_is_worth_another_try(postgresql_url: str) -> None:
    async with opened(postgresql_url) as database:
        met = asyncio.Barrier(2)

        async def take_both(connection: Any, first: int, second: int) -> None:
            for number in (first, second):
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({number})"))
                if number == first:
                    await met.wait()

        async def attempt(first: int, second: int) -> BaseException | None:
            try:
                async with database.writing() as connection:
                    await take_both(connection, first, second)
            except Exception as error:
                return error
            return None

        errors = [one for one in await asyncio.gather(attempt(1, 2), attempt(2, 1)) if one]

        assert [is_unavailable(one) for one in errors] == [True]


async def test_server_that_was_stopped_is_away_and_found_again_after_its_return(
    postgresql_url: str,
) -> None:
    line = Line(postgresql_url)
    await line.connect()
    async with opened(line.url) as database:

        async def be_cut_off(connection: Any) -> None:
            await line.cut()
            await insert_new(connection, place, [A_SEAT])

        assert is_unavailable(await raised(database, be_cut_off))
        assert is_unavailable(await raised(database, lambda one: insert_new(one, place, [A_SEAT])))

        await line.connect()

        async with database.writing() as connection:
            assert await insert_new(connection, place, [A_SEAT]) == [("A", 1)]
    await line.cut()


@pytest.mark.parametrize("change", ["host", "port", "database", "password"])
async def test_server_that_is_not_to_be_reached_is_away(change: str, postgresql_url: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        changes: dict[str, Any] = {
            "host": {"host": "nowhere.invalid"},
            "port": {"port": unused.getsockname()[1]},
            "database": {"database": f"no_{uuid4().hex}"},
            "password": {"password": "another"},
        }
        url = make_url(postgresql_url).set(**changes[change])
        database = Database(url.render_as_string(hide_password=False))

        error = await raised(database, lambda one: insert_new(one, place, [A_SEAT]))

        assert is_unavailable(error)
        await database.close()


@pytest.mark.parametrize("last_words", [FULL_DISK, WELCOME], ids=["full disk", "welcome"])
async def test_server_that_hangs_up_is_away_whatever_it_said(last_words: bytes) -> None:
    """One on a full disk calls that an internal error. Of several that come at once, the first
    learns more than the others."""
    async with hanging_up(last_words) as url:
        database = Database(url)

        errors = await asyncio.gather(
            *(raised(database, lambda one: insert_new(one, place, [A_SEAT])) for _ in range(3))
        )

        assert [is_unavailable(one) for one in errors] == [True] * 3
        await database.close()


async def test_no_free_connection_in_time_is_away(postgresql_url: str) -> None:
    async with opened(postgresql_url, turn_timeout=0.2) as database:
        release = asyncio.Event()

        async def hold() -> None:
            async with database.writing():
                await release.wait()

        holding = [asyncio.create_task(hold()) for _ in range(16)]
        await asyncio.sleep(0.1)
        error = await raised(database, lambda one: insert_new(one, place, [A_SEAT]))
        release.set()
        await asyncio.gather(*holding)

        assert is_unavailable(error)


async def test_file_that_can_not_be_opened_or_is_locked_by_another_is_away(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with opened(sqlite_url) as database, opened(sqlite_url, turn_timeout=0.2) as other:

        async def write_too(_connection: Any) -> None:
            async with other.writing():
                raise AssertionError("both write at once")

        nowhere = Database(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.sqlite")
        busy = asyncio.create_task(raised(database, write_too))

        assert is_unavailable(await raised(nowhere, lambda one: insert_new(one, place, [A_SEAT])))
        assert is_unavailable(await busy)
        await nowhere.close()
