"""A line that breaks without a word to either side holds nobody for ever."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.database import Database, engines, given_up, is_unavailable, notices
from shared.database.notices import session
from tests.faults.ways import Way

CONNECTIONS = 4


@dataclass
class Reached:
    """A database, and the way to it."""

    database: Database
    way: Way


@pytest_asyncio.fixture
async def reached(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reached]:
    """A database with several connections in its pool, whose transactions end soon."""
    monkeypatch.setattr(engines, "SECONDS_TO_CLOSE", 0.5)
    url = make_url(postgresql_url)
    async with Way(url.host or "", url.port or 5432) as way:
        here = url.set(host="127.0.0.1", port=way.port)
        with monkeypatch.context() as told:
            told.setattr(given_up, "SECONDS_OF_SILENCE_IN_A_TRANSACTION", 1.0)
            database = Database(here.render_as_string(hide_password=False))
        await asyncio.gather(*(ask(database) for _ in range(CONNECTIONS)))
        monkeypatch.setattr(given_up, "SECONDS_OF_A_TRANSACTION", 1.0)
        yield Reached(database, way)
        await database.close()


LOCK = text("SELECT pg_advisory_xact_lock(7)")


async def ask(database: Database) -> int:
    """The answer to a simple question, by a connection that nobody else has meanwhile."""
    async with database.writing() as connection:
        await connection.execute(text("SELECT pg_sleep(0.05)"))
        return int((await connection.execute(text("SELECT 1"))).scalar_one())


async def test_who_waits_for_an_answer_that_can_not_come_gives_up(reached: Reached) -> None:
    reached.way.go_silent()

    with pytest.raises(TimeoutError) as late:
        await asyncio.wait_for(ask(reached.database), 10)

    assert is_unavailable(late.value)


async def test_who_gave_up_once_meets_no_other_connection_of_the_same_line(
    reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached.way.go_silent()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(ask(reached.database), 10)

    reached.way.speak_again()
    monkeypatch.undo()
    answers = await asyncio.gather(*(ask(reached.database) for _ in range(CONNECTIONS)))

    assert answers == [1] * CONNECTIONS


async def test_handler_that_fails_on_a_dead_line_gives_up_as_well(reached: Reached) -> None:
    async def fail() -> None:
        async with reached.database.writing() as connection:
            await connection.execute(text("SELECT 1"))
            reached.way.go_silent()
            raise LookupError("the rollback has nobody to go to")

    with pytest.raises((LookupError, TimeoutError)):
        await asyncio.wait_for(fail(), 10)

    reached.way.speak_again()
    assert await ask(reached.database) == 1


async def test_server_lets_go_of_what_a_dead_line_had_locked(
    reached: Reached, postgresql_url: str
) -> None:
    async def lock_and_fall_silent() -> None:
        async with reached.database.writing() as connection:
            await connection.execute(LOCK)
            reached.way.go_silent()
            await connection.execute(text("SELECT 1"))

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(lock_and_fall_silent(), 10)
    direct = Database(postgresql_url)

    async with asyncio.timeout(10), direct.writing() as connection:
        await connection.execute(LOCK)
    await direct.close()


async def test_leader_that_falls_silent_leads_no_more(
    reached: Reached, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_up, "SECONDS_OF_SILENCE", 1.0)
    monkeypatch.setattr(notices, "SECONDS_BETWEEN_TRIES", 0.1)
    direct = Database(postgresql_url)

    async with session(reached.database) as silent:
        await silent.lead("relay")
        reached.way.go_silent()
        async with asyncio.timeout(10), session(direct) as successor:
            await successor.lead("relay")
    await direct.close()


async def test_who_stands_by_on_a_dead_line_gives_up_and_takes_over_on_a_new_one(
    reached: Reached, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "SECONDS_TO_ANSWER", 1.0)
    direct = Database(postgresql_url)

    async with session(direct) as leader:
        await leader.lead("relay")
        async with session(reached.database) as silent:
            standing_by = asyncio.create_task(silent.lead("relay"))
            reached.way.go_silent()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(standing_by), 10)
            assert standing_by.done()
    reached.way.speak_again()
    async with asyncio.timeout(10), session(reached.database) as successor:
        await successor.lead("relay")
    await direct.close()


async def test_who_begins_to_hear_on_a_dead_line_gives_up(
    reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "SECONDS_TO_ANSWER", 1.0)

    async with session(reached.database) as silent:
        reached.way.go_silent()
        hearing = asyncio.create_task(silent.hear(asyncio.Event()))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(hearing), 10)
        assert hearing.done()
