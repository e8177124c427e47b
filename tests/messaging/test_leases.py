"""A lease holds whatever the clocks of the machines show, and what fails for want of a database is
not given up."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from shared import jobs, worker
from shared.clock import Clock
from shared.context import Act, Context, Outcome, Work
from shared.database import DatabaseIsBusy
from shared.jobs import Job
from shared.tables import job
from tests.messaging.rig import Rig, effect, make_context, whatever_the_transport
from tests.messaging.test_jobs import later, planned, states

FAR = timedelta(minutes=10)
over_postgresql = pytest.mark.parametrize("setting", ["postgresql"], indirect=True)
"""Where several machines share a database."""


class OtherClock(Clock):
    """The clock of a machine that is not of our opinion."""

    def __init__(self, off: timedelta) -> None:
        super().__init__()
        self._off = off

    def machine(self) -> datetime:
        return datetime.now(UTC) + self._off


def on_another_machine(rig: Rig, off: timedelta) -> Context:
    """The listener, on a machine whose clock is off."""
    other = make_context("scheduling", rig.listener.database.url)
    other.clock = OtherClock(off)
    return other


@over_postgresql
@pytest.mark.parametrize("off", [FAR, -FAR], ids=["ahead", "behind"])
async def test_work_is_not_taken_from_who_holds_it_whatever_the_clocks_show(
    rig: Rig, off: timedelta
) -> None:
    other = on_another_machine(rig, off)
    first, second = (other, rig.listener) if off < timedelta() else (rig.listener, other)
    await planned(rig, later("a"))

    async with rig.listener.database.writing() as connection:
        long_ago = rig.listener.clock.machine() - 2 * FAR
        await connection.execute(job.update().values(retry_at=long_ago))
    [taken] = await jobs.claim(first)
    again = await jobs.claim(second)
    due = await jobs.next_try(second)
    await other.database.close()

    assert taken.key == "a"
    assert again == []
    assert due
    assert timedelta() < due - second.clock.machine() <= jobs.LEASE


@whatever_the_transport
async def test_job_that_meets_no_database_is_tried_for_ever(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_DELAY", timedelta())
    monkeypatch.setattr(worker, "SECONDS_AFTER_A_FAILURE", 0.0)
    rig.jobs = {"note": away_so_often(jobs.ATTEMPTS + 2)}
    await planned(rig, later("a"))

    async with rig.running():
        await rig.waits_for(lambda: _is_done(rig))

    assert await rig.effects() == ["a"]


def away_so_often(times: int) -> Callable[[Job, Context], Awaitable[Act]]:
    """A job that finds the database busy so many times."""
    met = iter(range(times))

    async def note(one: Job, context: Context) -> Act:
        if next(met, None) is not None:
            raise DatabaseIsBusy

        async def noted(work: Work) -> Outcome:
            await work.connection.execute(effect.insert().values(what=one.key))
            return None

        return noted

    return note


async def _is_done(rig: Rig) -> bool:
    return await states(rig) == [("a", "done")]
