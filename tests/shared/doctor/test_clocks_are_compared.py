"""Clocks that part are seen, and said with the limits that matter."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.database import Database
from shared.doctor import clocks


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_clock_of_the_database_is_asked(database_url: str) -> None:
    database = Database(database_url)

    async def of_database() -> datetime:
        return await clocks.of_database(database)

    def a_minute_behind() -> datetime:
        return datetime.now(UTC) - timedelta(minutes=1)

    agreeing = await clocks.agrees("the database", of_database)
    parted = await clocks.agrees("the database", of_database, a_minute_behind)
    await database.close()

    assert (agreeing.level, parted.level) == ("ok", "wrong")


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, "ok"), (1, "ok"), (5, "warning"), (-5, "warning"), (45, "wrong")]
)
async def test_how_far_they_may_part_is_said(seconds: int, level: str) -> None:
    now = datetime(2018, 6, 1, tzinfo=UTC)

    async def theirs() -> datetime:
        return now + timedelta(seconds=seconds)

    found = await clocks.agrees("the broker", theirs, lambda: now)

    assert found.level == level
    assert "noted from 2 s, harmful from 30 s" in found.words
