"""Counters of many rows moved at once: none lost, whoever else counts in whatever order."""

import asyncio

from shared.database import Database, add_to_each
from shared.tables import METADATA, aggregate_sequence
from tests.shared.database.kept import opened


async def count(database: Database, amount: int, *names: str) -> dict[str, int]:
    async with database.writing() as connection:
        rows = [{"aggregate": name, "last": amount} for name in names]
        return await add_to_each(connection, aggregate_sequence, rows, amount="last")


async def test_many_counters_move_together_and_lose_nothing(database_url: str) -> None:
    async with opened(database_url) as database:
        async with database.writing() as connection:
            await connection.run_sync(METADATA.create_all)
        names = [f"call_id:{number}" for number in range(500)]

        ways = [names if turn % 2 else names[::-1] for turn in range(20)]
        reached = await asyncio.gather(*(count(database, 1, *way) for way in ways))

        assert sorted(one["call_id:7"] for one in reached) == list(range(1, 21))
        assert await count(database, 2, "call_id:7", "new") == {"call_id:7": 22, "new": 2}
        assert await count(database, 2) == {}
