"""The queue of embedded mode counts what was handed out, and nothing that only waited behind it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from shared.database import Database, DatabaseIsBusy
from shared.messaging.embedded import EmbeddedTransport, queue
from shared.messaging.transport import Delivery, Message

SERVICE, TYPE = "scheduling", "registration.seat.freed.v1"
MESSAGES = 3


@pytest_asyncio.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Database]:
    """A queue in which some messages wait."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'queue.sqlite'}")
    transport = opened(database)
    await transport.prepare()
    await transport.publish([Message(TYPE, b"%d" % number) for number in range(MESSAGES)])
    yield database
    await database.close()


def opened(database: Database) -> EmbeddedTransport:
    """The queue as a process finds it that has just begun."""
    transport = EmbeddedTransport(database)
    transport.bind(SERVICE, [TYPE])
    return transport


async def counts(database: Database) -> list[int]:
    """How often each message counts as handed out, in order."""
    async with database.reading() as connection:
        query = select(queue.c.deliveries).order_by(queue.c.position)
        return list((await connection.execute(query)).scalars())


async def ended_in_the_midst(database: Database) -> None:
    """A process that ends, without any tidying, while it deals with the first message."""
    reached = asyncio.Event()

    async def never_finish(_delivery: Delivery) -> None:
        reached.set()
        await asyncio.Event().wait()

    stop = asyncio.Event()
    consuming = asyncio.create_task(opened(database).consume(SERVICE, never_finish, stop))
    await asyncio.wait_for(reached.wait(), 10)
    consuming.cancel()
    await asyncio.gather(consuming, return_exceptions=True)


async def test_what_waits_behind_one_that_fails_is_not_counted(
    kept: Database, impatient: None
) -> None:
    stop, failed = asyncio.Event(), []

    async def fail(delivery: Delivery) -> None:
        failed.append(delivery)
        if len(failed) == 3:
            stop.set()
        raise ValueError("neither handled nor kept")

    await asyncio.wait_for(opened(kept).consume(SERVICE, fail, stop), 10)

    assert [one.deliveries for one in failed] == [1, 2, 3]
    assert await counts(kept) == [3, 0, 0]


async def test_what_could_not_be_handled_for_want_of_the_database_is_not_counted(
    kept: Database, impatient: None
) -> None:
    stop, tried = asyncio.Event(), []

    async def find_nobody(delivery: Delivery) -> None:
        tried.append(delivery)
        if len(tried) == 3:
            stop.set()
        raise DatabaseIsBusy

    await asyncio.wait_for(opened(kept).consume(SERVICE, find_nobody, stop), 10)

    assert [one.deliveries for one in tried] == [1, 1, 1]
    assert await counts(kept) == [0, 0, 0]


async def test_one_that_ends_the_process_again_and_again_is_counted_alone(kept: Database) -> None:
    for _ in range(4):
        await ended_in_the_midst(kept)

    assert await counts(kept) == [4, 1, 1]


@pytest.mark.parametrize("again", [0, 1])
async def test_all_are_handed_out_in_order_whatever_was_before(kept: Database, again: int) -> None:
    for _ in range(again):
        await ended_in_the_midst(kept)
    stop, bodies = asyncio.Event(), []

    async def note(delivery: Delivery) -> None:
        bodies.append(delivery.message.body)
        if len(bodies) == MESSAGES:
            stop.set()

    await asyncio.wait_for(opened(kept).consume(SERVICE, note, stop), 10)

    assert bodies == [b"0", b"1", b"2"]
    assert await counts(kept) == []
