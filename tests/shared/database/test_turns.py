"""Writers of a SQLite file take turns, first come first served; readers never wait for them."""

import asyncio
import random
import time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from shared.database import Database, DatabaseIsBusy, is_unavailable
from tests.shared.database.kept import column, opened, place


async def take(database: Database, seat: int, order: list[int], seconds: float = 0.0) -> None:
    async with database.writing() as connection:
        await connection.execute(place.insert().values(room="A", seat=seat))
        order.append(seat)
        if seconds:
            await asyncio.sleep(seconds)


async def seats(database: Database) -> int:
    (number,) = await column(database, select(func.count()).select_from(place))
    return int(number)


async def test_two_hundred_writers_beside_a_slow_batch_all_get_their_turn_in_order(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url) as database:
        order: list[int] = []
        slow = [asyncio.create_task(take(database, 1000, order, 0.3))]
        await asyncio.sleep(0)

        writers = [asyncio.create_task(take(database, seat, order)) for seat in range(200)]
        slow.append(asyncio.create_task(take(database, 1001, order, 0.1)))
        await asyncio.gather(*slow, *writers)

        assert order == [1000, *range(200), 1001]
        assert await seats(database) == 202


async def test_writer_whose_turn_does_not_come_in_time_is_told_so(sqlite_url: str) -> None:
    async with opened(sqlite_url, turn_timeout=0.1) as database:
        order: list[int] = []
        slow = asyncio.create_task(take(database, 1, order, 0.5))
        await asyncio.sleep(0.05)

        with pytest.raises(DatabaseIsBusy) as busy:
            await take(database, 2, order)
        await slow
        await take(database, 3, order)

        assert is_unavailable(busy.value)
        assert order == [1, 3]


async def test_readers_do_not_wait_for_a_writer_and_see_the_state_before_it(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url) as database:
        order: list[int] = []
        await take(database, 1, order)
        slow = asyncio.create_task(take(database, 2, order, 1.0))
        while len(order) < 2:
            await asyncio.sleep(0.01)

        started = time.monotonic()
        found = await asyncio.gather(*(seats(database) for _ in range(40)))

        assert set(found) == {1}
        assert time.monotonic() - started < 0.8
        await slow


async def test_reader_sees_one_state_however_much_is_written_meanwhile(database_url: str) -> None:
    async with opened(database_url) as database:
        count = select(func.count()).select_from(place)
        async with database.reading() as connection:
            before = (await connection.execute(count)).scalar_one()
            await take(database, 1, [])

            after = (await connection.execute(count)).scalar_one()

        assert (before, after) == (0, 0)
        assert await seats(database) == 1


async def test_reader_can_not_write(database_url: str) -> None:
    async with opened(database_url) as database:
        with pytest.raises(DBAPIError) as refused:
            async with database.reading() as connection:
                await connection.execute(place.insert().values(room="A", seat=1))

        assert not is_unavailable(refused.value)
        assert await seats(database) == 0
        await take(database, 1, [])
        assert await seats(database) == 1


async def test_cancelled_waiting_writer_hands_its_turn_on(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        order: list[int] = []
        slow = asyncio.create_task(take(database, 1, order, 0.1))
        await asyncio.sleep(0)
        leaving = [asyncio.create_task(take(database, seat, order)) for seat in (2, 3)]
        staying = asyncio.create_task(take(database, 4, order))
        await asyncio.sleep(0.02)

        for writer in leaving:
            writer.cancel()
        results: list[Any] = await asyncio.gather(*leaving, return_exceptions=True)
        await asyncio.gather(slow, staying)

        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        assert order == [1, 4]


@pytest.mark.parametrize("seed", range(6))
async def test_no_turn_is_lost_or_given_twice_whenever_writers_leave(
    seed: int, sqlite_url: str
) -> None:
    async with opened(sqlite_url, turn_timeout=0.05) as database:
        chance = random.Random(seed)
        inside = 0

        async def write(seat: int) -> bool:
            nonlocal inside
            async with database.writing() as connection:
                inside += 1
                assert inside == 1
                try:
                    await connection.execute(place.insert().values(room="A", seat=seat))
                    await asyncio.sleep(chance.choice([0, 0, 0, 0.001, 0.01]))
                finally:
                    inside -= 1
            return True

        writers = [asyncio.create_task(write(seat)) for seat in range(80)]
        for writer in chance.sample(writers, 40):
            await asyncio.sleep(chance.choice([0, 0.001]))
            writer.cancel()
        results: list[Any] = await asyncio.gather(*writers, return_exceptions=True)

        assert {type(result) for result in results} <= {
            bool,
            asyncio.CancelledError,
            DatabaseIsBusy,
        }
        known = sum(result is True for result in results)
        cut_off = sum(isinstance(result, asyncio.CancelledError) for result in results)
        assert known <= await seats(database) <= known + cut_off
        assert await asyncio.wait_for(write(1000), 5)


async def test_failed_writer_leaves_nothing_and_hands_its_turn_on(database_url: str) -> None:
    async with opened(database_url) as database:

        async def fail() -> None:
            async with database.writing() as connection:
                await connection.execute(place.insert().values(room="A", seat=1))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        await take(database, 2, [])

        assert await column(database, select(place.c.seat)) == [2]
