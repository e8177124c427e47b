"""A session on the database ends when its connection does, also when nobody says so."""

import asyncio
from collections.abc import Callable

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shared.database import Database, notices
from shared.database.notices import Session, session
from shared.messaging.embedded import EmbeddedTransport
from shared.messaging.reactions import Reactions
from shared.process import roles
from shared.service import Service
from tests.messaging.rig import make_context

ENDED = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class Mute:
    """A connection to a machine that is gone without a word."""

    def add_termination_listener(self, _listener: Callable[[object], None]) -> None:
        """It will never say that it ends."""

    async def fetchval(self, _query: str, **time_limit: float) -> None:
        """No answer comes."""
        await asyncio.wait_for(asyncio.Event().wait(), time_limit["timeout"])


@pytest.fixture
def database_kind() -> str:
    """Only PostgreSQL has sessions that hear and lead."""
    return "postgresql"


async def test_session_with_a_server_that_does_not_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notices, "SECONDS_BETWEEN_SIGNS", 0.01)
    monkeypatch.setattr(notices, "SECONDS_TO_ANSWER", 0.01)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Session(Mute()).ended(), 5)


async def test_session_goes_on_while_the_server_answers_and_leaves_its_lead_at_the_end(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "SECONDS_BETWEEN_SIGNS", 0.01)
    database = Database(database_url)

    async with session(database) as first:
        await first.lead("relay")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(first.ended(), 0.2)
    async with session(database) as second:
        await asyncio.wait_for(second.lead("relay"), 5)

    await database.close()


async def test_who_stands_by_leads_soon_after_the_leader_has_gone(database_url: str) -> None:
    database = Database(database_url)

    async with session(database) as second:
        async with session(database) as first:
            await first.lead("relay")
            standing_by = asyncio.create_task(second.lead("relay"))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(standing_by), 0.2)
        await asyncio.wait_for(standing_by, 3)

    await database.close()


async def test_who_stands_by_is_told_when_the_server_ends_the_session(database_url: str) -> None:
    database = Database(database_url)

    async with session(database) as first, session(database) as second:
        await first.lead("relay")
        standing_by = asyncio.create_task(second.lead("relay"))
        async with database.glancing() as connection:
            await connection.execute(ENDED)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
            await asyncio.wait_for(standing_by, 3)

    await database.close()


async def test_relay_lives_on_when_its_session_ends_just_as_it_asks(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = make_context("registration", database_url)
    transport, nothing = EmbeddedTransport(context.database), Reactions("registration", [])
    lives, lives_again = iter([True, False]), asyncio.Event()

    async def lead(_service: Service) -> None:
        if next(lives):
            raise asyncpg.InternalClientError("another operation is in progress")
        lives_again.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(roles, "_lead", lead)
    monkeypatch.setattr(roles, "SECONDS_AFTER_A_FAILURE", 0.01)
    relay = asyncio.create_task(
        roles.run_sole_relay(Service(context, transport, nothing, {}, FastAPI()))
    )
    await asyncio.wait_for(lives_again.wait(), 5)

    assert not relay.done()
    relay.cancel()
    await asyncio.gather(relay, return_exceptions=True)
    await context.database.close()
