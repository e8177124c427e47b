"""Insert what is new, keep the newest, add to a count, hold a row: alike on both databases."""

import asyncio
import random
from typing import Any

from sqlalchemy import func, select

from shared.database import Database, add_to, add_to_each, insert_new, lock_row, upsert_newest
from tests.shared.database.kept import column, guests, opened, place


def a_seat(seat: int, *, room: str = "A", by: str | None = None, sequence: int = 1) -> Any:
    return {"room": room, "seat": seat, "taken_by": by, "sequence": sequence}


async def insert(database: Database, *rows: Any) -> list[tuple[Any, ...]]:
    async with database.writing() as connection:
        return await insert_new(connection, place, rows)


async def upsert(database: Database, *rows: Any) -> list[tuple[Any, ...]]:
    async with database.writing() as connection:
        return await upsert_newest(connection, place, rows)


async def test_only_rows_that_are_not_there_are_inserted(database_url: str) -> None:
    async with opened(database_url) as database:
        await insert(database, a_seat(1, by="Amal"))

        inserted = await insert(database, a_seat(1, by="Badr"), a_seat(2, by="Badr"))
        nothing = await insert(database)

        assert inserted == [("A", 2)]
        assert nothing == []
        by = await column(database, select(place.c.taken_by).order_by(place.c.seat))
        assert by == ["Amal", "Badr"]


async def test_row_with_another_key_but_a_taken_unique_value_is_not_new(database_url: str) -> None:
    async with opened(database_url) as database:
        await insert(database, a_seat(1, by="Amal"))

        inserted = await insert(database, a_seat(2, by="Amal"), a_seat(3, by=None))

        assert inserted == [("A", 3)]


async def test_first_of_two_rows_with_one_key_in_one_call_wins(database_url: str) -> None:
    async with opened(database_url) as database:
        inserted = await insert(
            database, a_seat(1, by="Amal"), a_seat(1, by="Badr"), a_seat(2, by="Amal")
        )

        assert inserted == [("A", 1)]
        assert await column(database, select(place.c.taken_by)) == ["Amal"]


async def test_thousand_rows_are_inserted_once_in_several_statements(database_url: str) -> None:
    async with opened(database_url) as database:
        rows = [a_seat(seat) for seat in range(1000)]

        first = await insert(database, *rows)
        second = await insert(database, *rows, a_seat(1000))

        assert len(first) == 1000
        assert second == [("A", 1000)]
        assert await column(database, select(func.count()).select_from(place)) == [1001]


async def test_only_a_higher_sequence_replaces_what_is_kept(database_url: str) -> None:
    async with opened(database_url) as database:
        await upsert(database, a_seat(1, by="Amal", sequence=5), a_seat(2, by="Badr", sequence=5))

        written = await upsert(
            database,
            a_seat(3, by="Dina", sequence=1),
            a_seat(2, by="stale", sequence=4),
            a_seat(1, by="equal", sequence=5),
        )
        newer = await upsert(database, a_seat(2, by="Fadi", sequence=6))

        assert written == [("A", 3)]
        assert newer == [("A", 2)]
        by = await column(database, select(place.c.taken_by).order_by(place.c.seat))
        assert by == ["Amal", "Fadi", "Dina"]


async def test_nine_hundred_rows_end_as_the_newest_in_whatever_order_they_come(
    database_url: str,
) -> None:
    async with opened(database_url) as database:
        versions = [
            [a_seat(seat, by=f"{seat}-{sequence}", sequence=sequence) for seat in range(300)]
            for sequence in (1, 2, 3)
        ]
        random.Random(7).shuffle(versions)

        for version in versions:
            random.Random(8).shuffle(version)
            await upsert(database, *version)
        again = await upsert(database, *versions[0], *(a_seat(one) for one in range(300, 900)))

        assert len(again) == 600
        newest = select(func.count()).where(place.c.taken_by.like("%-3"))
        assert await column(database, newest) == [300]


async def test_two_hundred_additions_at_once_lose_nothing(database_url: str) -> None:
    async with opened(database_url) as database:

        async def add(amount: int) -> int:
            async with database.writing() as connection:
                key = {"room": "A", "seat": 1}
                return (await add_to(connection, place, key, sequence=amount))["sequence"]

        reached = await asyncio.gather(*(add(1) for _ in range(200)))

        assert sorted(reached) == list(range(1, 201))
        assert await add(-200) == 0


async def test_who_comes_second_to_a_locked_row_sees_what_the_first_did(database_url: str) -> None:
    async with opened(database_url) as database:
        await insert(database, a_seat(1, sequence=25))
        taken: list[int] = []

        async def take_a_seat() -> None:
            async with database.writing() as connection:
                await lock_row(connection, place, room="A", seat=1)
                free = (await connection.execute(select(place.c.sequence))).scalar_one()
                await asyncio.sleep(0)
                if free:
                    await connection.execute(place.update().values(sequence=free - 1))
                    taken.append(free)

        await asyncio.gather(*(take_a_seat() for _ in range(60)))

        assert sorted(taken) == list(range(1, 26))
        assert await column(database, select(place.c.sequence)) == [0]


async def test_locked_row_holds_back_only_who_wants_the_same_row(postgresql_url: str) -> None:
    async with opened(postgresql_url) as database:
        await insert(database, a_seat(1), a_seat(2))

        async def hold(seat: int, held: asyncio.Event) -> None:
            async with database.writing() as connection:
                await lock_row(connection, place, room="A", seat=seat)
                held.set()

        async with database.writing() as connection:
            await lock_row(connection, place, room="A", seat=1)
            same, other = asyncio.Event(), asyncio.Event()
            waiting = asyncio.create_task(hold(1, same))
            await asyncio.wait_for(hold(2, other), 5)
            done, _ = await asyncio.wait([waiting], timeout=0.2)
            assert not done
            assert not same.is_set()
        await asyncio.wait_for(waiting, 5)

        assert same.is_set()


async def test_additions_to_many_rows_at_once_meet_without_waiting_in_a_circle(
    database_url: str,
) -> None:
    async with opened(database_url) as database:

        async def add(order: int) -> dict[Any, int]:
            rooms = [f"room {number}" for number in range(450)][::order]
            async with database.writing() as connection:
                rows = [{"room": room, "guests": 1} for room in rooms]
                return await add_to_each(connection, guests, rows, amount="guests")

        reached = await asyncio.gather(*(add(order) for order in (1, -1) * 6))

        assert sorted(one["room 7"] for one in reached) == list(range(1, 13))
        assert set(await column(database, select(guests.c.guests))) == {12}
