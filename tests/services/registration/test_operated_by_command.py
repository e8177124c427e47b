"""`python -m services.registration announce|deadletters …`: by the operator, services apart."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from joserfc.jwk import ECKey
from sqlalchemy import select

from services.registration.app import build
from services.registration.tables import party
from shared.database import Database
from shared.ids import new_id
from shared.messaging.deferred import Setback, defer
from shared.process.command_line import run
from shared.tables import audit, deferred, outbox
from tests.services.registration.building import a_registration

pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
JORDAN = {
    "code": "JO",
    "kind": "country",
    "names": {"en": "Jordan"},
    "calendar_country": "JO",
    "contact_directly": True,
    "version": 1,
}


@pytest_asyncio.fixture
async def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """The database of a process of registration, in which one party is described."""
    key = ECKey.generate_key("P-256").as_dict(private=False)
    told = {
        "CADRE_DATABASE_URL": database_url.replace("+asyncpg", ""),
        "CADRE_BROKER_URL": "amqp://nobody@127.0.0.1:1/none",
        "CADRE_LINK_KEY": "k" * 40,
        "CADRE_INSTALLATION": "apart",
        "CADRE_ORIGIN": "https://cadre.example",
        "CADRE_ISSUERS": json.dumps([{"name": "test", "key": key}]),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    async with a_registration(database_url) as registration:
        async with registration.database.writing() as connection:
            await connection.execute(party.insert().values(**JORDAN))
        yield registration.database


async def test_kinds_are_stated_at_once_with_no_broker_at_hand(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await does("announce", "party", "call")

    printed = capsys.readouterr().out.splitlines()
    async with database.reading() as connection:
        staged = (await connection.execute(select(outbox.c.type))).scalars().all()
        lines = (await connection.execute(select(audit.c.subject, audit.c.object))).all()
    assert code == 0
    assert printed == [
        "registration: party, 1 stated anew",
        "registration: call, 0 stated anew",
    ]
    assert staged == ["registration.party.stated.v1"]
    assert [tuple(line) for line in lines] == [("operator", "party"), ("operator", "call")]


async def test_kinds_are_listed_with_those_who_listen(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await does("announce", "--list")

    printed = capsys.readouterr().out.splitlines()
    assert code == 0
    assert "person: scheduling, notifications" in printed


async def test_a_kind_that_nobody_tells_is_refused_and_nothing_stated(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await does("announce", "party", "weather")

    complained = capsys.readouterr().err
    async with database.reading() as connection:
        staged = (await connection.execute(select(outbox))).all()
    assert code == 1
    assert "weather" in complained
    assert staged == []


async def does(*words: str) -> int:
    """Run one command of registration; its exit code."""
    arguments = ("--log-level", "WARNING", *words)
    return await asyncio.to_thread(run, "registration", build, arguments=arguments)


async def test_what_was_set_aside_is_listed_shown_and_replayed(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = await a_parked_letter(database)

    listed = await does("deadletters", "list")
    shown = await does("deadletters", "show", letter)
    replayed = await does("deadletters", "replay", letter)

    printed = capsys.readouterr().out
    async with database.reading() as connection:
        states = (await connection.execute(select(deferred.c.state))).scalars().all()
    assert (listed, shown, replayed) == (0, 0, 0)
    assert f"{letter}  registration  parked  registration.seat.freed.v1  unreadable" in printed
    assert f"replay: {letter} in registration" in printed
    assert states == ["waiting"]


async def test_letter_that_is_not_there_is_named(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(new_id())

    codes = [await does("deadletters", "show", nowhere), await does("deadletters", "discard")]

    complained = capsys.readouterr().err
    assert codes == [1, 1]
    assert nowhere in complained
    assert "needs the id that `list` shows" in complained


async def a_parked_letter(database: Database) -> str:
    """The id of an event that registration could not read."""
    async with a_registration(database.url) as registration:
        context = registration.service.context
        named = {"source": "", "event_id": "sha256:0", "type": "registration.seat.freed.v1"}
        letter = {**named, "person_id": None, "body": b"{}"}
        await defer(context, "registration", letter, Setback("unreadable", "id: missing"))
    async with database.reading() as connection:
        return str((await connection.execute(select(deferred.c.id))).scalar_one())
