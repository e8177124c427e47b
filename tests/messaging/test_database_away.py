"""A listener without its database keeps what it has in hand, takes no more, and goes on later."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from structlog.testing import capture_logs

from shared.messaging.rabbit.link import PREFETCH
from tests.conftest import NewDatabase
from tests.messaging.rig import Rig, freed_seat, make_rig, over_rabbitmq
from tests.shared.database.line import Line

pytestmark = over_rabbitmq
MESSAGES = 3 * PREFETCH


@dataclass
class Far:
    """A rig whose listener reaches its database over a line that can be cut."""

    rig: Rig
    line: Line


@pytest_asyncio.fixture
async def far(
    new_database: NewDatabase, tmp_path: Path, broker_url: str, impatient: None
) -> AsyncIterator[Far]:
    """The rig, and the line."""
    line = Line(await new_database("listener"))
    await line.connect()
    rig = await make_rig(await new_database("teller"), line.url, tmp_path, broker_url)
    yield Far(rig, line)
    await rig.close()
    await line.cut()


async def told_one_by_one(rig: Rig) -> list[str]:
    """More messages than a worker has in hand, one event each."""
    seats = [freed_seat() for _ in range(MESSAGES)]
    for seat in seats:
        await rig.tell(seat)
        await rig.relay()
    return sorted(str(seat.offer_id) for seat in seats)


async def test_nothing_is_parked_and_consuming_stops_while_the_database_is_away(far: Far) -> None:
    rig = far.rig
    await far.line.cut()
    seats = await told_one_by_one(rig)

    with capture_logs() as logged:
        async with rig.running():
            await rig.waits_for(lambda: _waiting(rig, MESSAGES - PREFETCH))
            await far.line.connect()
            await rig.waits_for(rig.is_quiet)

    assert await rig.effects() == seats
    assert await rig.letters() == []
    said = [entry for entry in logged if entry["event"] == "database_is_away"]
    assert 0 < len(said) <= MESSAGES
    assert not [entry for entry in logged if entry["log_level"] == "error"]


async def test_a_worker_stopped_while_the_database_is_away_gives_back_what_it_holds(
    far: Far,
) -> None:
    rig = far.rig
    await far.line.cut()
    seats = await told_one_by_one(rig)

    async with rig.running():
        await rig.waits_for(lambda: _waiting(rig, MESSAGES - PREFETCH))
    await rig.waits_for(lambda: _waiting(rig, MESSAGES))
    await far.line.connect()
    async with rig.running():
        await rig.waits_for(rig.is_quiet)

    assert await rig.effects() == seats
    assert await rig.letters() == []


@pytest.mark.parametrize("times", [3])
async def test_sessions_ended_by_the_server_park_nothing(far: Far, times: int) -> None:
    rig = far.rig
    ended = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async with rig.running():
        seats = []
        for _ in range(times):
            async with rig.listener.database.writing() as connection:
                await connection.execute(ended)
            seats += await told_one_by_one(rig)
        await rig.waits_for(rig.is_quiet)

    assert await rig.effects() == sorted(seats)
    assert await rig.letters() == []


async def _waiting(rig: Rig, number: int) -> bool:
    return await rig.transport.queued("scheduling") == number
