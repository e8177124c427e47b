"""A database that is away, too old, not migrated, damaged or careless is seen."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.database import Database
from shared.database.migrate import migrate
from shared.doctor import store
from tests.conftest import NewDatabase
from tests.servers.databases import fresh_database

on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest_asyncio.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    """A database of reporting, at its head revision."""
    made = Database(await new_database("reporting"))
    await migrate(made, "reporting")
    yield made
    await made.close()


async def test_database_in_order_is_said_to_be_so(database: Database) -> None:
    names = [check.name for check in store.checks_of(database, "reporting")]

    found = [await check.look() for check in store.checks_of(database, "reporting")]

    assert names[:2] == ["database", "migrations"]
    assert {one.level for one in found} <= {"ok", "warning"}
    assert found[0].words.startswith("SQLite" if database.is_sqlite else "PostgreSQL")


@on_postgresql
async def test_database_that_is_away_is_wrong(database_url: str) -> None:
    nowhere = make_url(database_url).set(port=1).render_as_string(hide_password=False)
    away = Database(nowhere)

    found = await store.answers(away)

    assert found.level == "wrong"
    assert "CADRE_DATABASE_URL" in found.remedy
    assert (make_url(database_url).password or "") not in found.words


@pytest.mark.parametrize(
    ("limit", "number", "level"),
    [("OLDEST", 99, "wrong"), ("NEWEST", 9, "warning")],
)
@on_postgresql
async def test_version_we_do_not_know_is_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch, limit: str, number: int, level: str
) -> None:
    monkeypatch.setattr(store, limit, number)

    assert (await store.answers(database)).level == level


@on_sqlite
async def test_sqlite_that_is_too_old_is_wrong(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "OLDEST_SQLITE", (99, 0))

    assert (await store.answers(database)).level == "wrong"


@pytest.mark.parametrize(
    ("revision", "level", "words"),
    [("0000", "wrong", "and this release has"), ("9999", "warning", "and this release knows")],
)
async def test_older_tables_are_wrong_and_those_of_the_next_release_are_told(
    database: Database, revision: str, level: str, words: str
) -> None:
    async with database.writing() as connection:
        change = "UPDATE reporting_revision SET version_num = :revision"
        await connection.execute(text(change), {"revision": revision})

    found = await store.is_migrated(database, "reporting")

    assert (found.level, words in found.words) == (level, True)


async def test_database_that_was_never_migrated_is_wrong(new_database: NewDatabase) -> None:
    empty = Database(await new_database("reporting"))

    found = await store.is_migrated(empty, "reporting")
    await empty.close()

    assert (found.level, "migrate" in found.remedy) == ("wrong", True)


@on_sqlite
async def test_damaged_file_is_wrong(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("PRAGMA writable_schema = ON"))
        lost = "UPDATE sqlite_master SET rootpage = 2 WHERE name = 'archive_type'"
        await connection.execute(text(lost))
    await database.close()

    found = await store.is_whole(database)

    assert (found.level, "restore" in found.remedy) == ("wrong", True)


async def test_database_that_can_not_keep_arabic_is_wrong(postgresql: str) -> None:
    options = "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
    async with fresh_database(postgresql, options) as url:
        database = Database(url)
        found = await store.keeps_every_letter(database)
        await database.close()

    assert (found.level, "SQL_ASCII" in found.words) == ("wrong", True)


@pytest.mark.parametrize(
    ("setting", "check"),
    [("timezone TO 'Asia/Amman'", "keeps_every_letter"), ("synchronous_commit TO off", "durable")],
)
@on_postgresql
async def test_careless_settings_are_warned_of(
    database: Database, setting: str, check: str
) -> None:
    name = make_url(database.url).database
    async with database.writing() as connection:
        await connection.execute(text(f'ALTER DATABASE "{name}" SET {setting}'))
    await database.close()

    look = store.survives_a_power_cut if check == "durable" else store.keeps_every_letter
    found = await look(database)

    assert found.level == "warning"
    assert ("synchronous_commit" if check == "durable" else "Asia/Amman") in found.words
