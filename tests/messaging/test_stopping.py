"""A worker finishes what it began; a process that dies at any point loses and doubles nothing."""

import asyncio
import signal
from pathlib import Path

import pytest

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import SeatFreed
from shared.messaging.reactions import Reactions, each
from shared.tables import job
from tests.conftest import NewDatabase
from tests.messaging.rig import BROKER, SETTINGS, Rig, effect, freed_seat, make_rig
from tests.programs import run

CRASH_POINTS = [
    "before-publish",
    "after-publish",
    "after-forgetting",
    "before-handling",
    "after-handling",
    "before-acknowledging",
    "after-acknowledging",
    "before-job",
    "before-job-recorded",
    "after-job",
]
CRASHES = [
    (setting, point)
    for setting in SETTINGS
    for point in CRASH_POINTS
    if (setting, point) != (BROKER, "after-acknowledging")
]
"""A broker is told in passing; only the embedded queue has a commit after which to die."""


async def test_a_drained_worker_finishes_what_it_began_and_takes_nothing_new(rig: Rig) -> None:
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def slowly(work: Work, fact: Fact[SeatFreed]) -> Outcome:
        begun.set()
        await may_go_on.wait()
        await work.connection.execute(effect.insert().values(what=str(fact.event.offer_id)))
        return None

    rig.reactions = Reactions("scheduling", [each(SeatFreed, slowly)])
    first, second = freed_seat(), freed_seat()
    await rig.tell(first)
    await rig.relay()
    worker = rig.worker()
    working = asyncio.create_task(worker.run())
    await begun.wait()

    worker.drain()
    await rig.tell(second)
    await rig.relay()
    may_go_on.set()
    await asyncio.wait_for(working, 5)

    assert await rig.effects() == [str(first.offer_id)]
    await rig.waits_for(lambda: _waiting(rig, 1))


async def _waiting(rig: Rig, number: int) -> bool:
    return await rig.transport.queued("scheduling") == number


@pytest.mark.parametrize(("setting", "point"), CRASHES, indirect=["setting"])
async def test_a_process_killed_at_any_point_loses_and_doubles_nothing(
    point: str, new_database: NewDatabase, tmp_path: Path, broker_url: str | None
) -> None:
    urls = [await new_database("teller"), await new_database("listener")]
    places = [*urls, str(tmp_path), *([broker_url] if broker_url else [])]

    died = await run_play(places, crash_at=point)
    finished = await run_play(places, crash_at="")

    assert died == -signal.SIGKILL
    assert finished == 0
    rig = await make_rig(urls[0], urls[1], tmp_path, broker_url)
    effects = await rig.effects()
    jobs_done = {row.state for row in await rig.rows(job)}
    await rig.close()
    assert len(effects) == len(set(effects)) == 40
    assert jobs_done == {"done"}


async def run_play(places: list[str], *, crash_at: str) -> int:
    """Run the play in a process of its own; its exit code, negative for a signal."""
    settings = {"CADRE_CRASH_AT": crash_at}
    done = await asyncio.to_thread(run, "tests.messaging.play", *places, environment=settings)
    return done.returncode
