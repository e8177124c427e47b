"""Slow work is done once it is due by both clocks, and an interrupted try is known as one."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared import jobs, worker
from shared.clock import Clock, move_story
from shared.context import Act, Actor, Context, Outcome, Work
from shared.jobs import Job, Later, TryAgain
from shared.tables import job
from tests.messaging.rig import Rig, effect, whatever_the_transport

pytestmark = whatever_the_transport
NOON = datetime(2018, 6, 1, 12, tzinfo=UTC)


async def note(one: Job, context: Context) -> Act:
    """A job that leaves its key as its effect."""

    async def noted(work: Work) -> Outcome:
        await work.connection.execute(effect.insert().values(what=one.key))
        return None

    return noted


async def planned(rig: Rig, *laters: Later) -> None:
    """Plan work in the listener."""

    async def plan(work: Work) -> Outcome:
        await jobs.plan(work, *laters)
        return None

    await rig.listener.commit(plan, actor=Actor("tester", "admin"), correlation_id="test")


def later(key: str, due_at: datetime = NOON) -> Later:
    """One piece of work."""
    return Later("note", key, {"for": key}, due_at)


async def states(rig: Rig) -> Sequence[tuple[str, str]]:
    """Every job's key and state."""
    return sorted((row.key, row.state) for row in await rig.rows(job))


async def has_states(rig: Rig, wanted: Sequence[tuple[str, str]]) -> bool:
    return await states(rig) == wanted


async def test_a_job_planned_twice_is_done_once(rig: Rig) -> None:
    rig.jobs = {"note": note}
    await planned(rig, later("a"))
    await planned(rig, later("a"), later("b"))

    async with rig.running():
        await rig.waits_for(partial(has_states, rig, [("a", "done"), ("b", "done")]))
        await planned(rig, later("a"))

    assert await rig.effects() == ["a", "b"]


async def test_a_job_that_takes_long_keeps_no_other_waiting_and_is_finished_when_drained(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SECONDS_OF_A_TURN", 0.01)
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def take_long(job: Job, context: Context) -> Act:
        begun.set()
        await may_end.wait()
        return await note(job, context)

    rig.jobs = {"note": note, "long": take_long}
    await planned(rig, Later("long", "long", {}, NOON))

    async with rig.running() as working:
        await begun.wait()
        await planned(rig, later("short"))
        await rig.waits_for(partial(has_states, rig, [("long", "running"), ("short", "done")]))
        working.drain()
        may_end.set()

    assert await rig.effects() == ["long", "short"]


async def test_a_job_waits_for_the_storys_clock(rig: Rig) -> None:
    rig.jobs = {"note": note}
    rig.listener.clock = Clock(story=True)
    await story_reaches(rig, NOON - timedelta(minutes=1))
    await planned(rig, later("a"))

    async with rig.running():
        await asyncio.sleep(0.4)
        early = await rig.effects()
        await story_reaches(rig, NOON)
        await rig.waits_for(partial(has_states, rig, [("a", "done")]))

    assert early == []
    assert await rig.effects() == ["a"]


async def test_a_job_is_done_when_it_comes_due_although_nobody_looks_meanwhile(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_POLLS", 3_600)
    rig.jobs = {"note": note}
    await planned(rig, later("a", datetime.now(UTC) + timedelta(seconds=1)))

    async with rig.running():
        early = await rig.effects()
        await rig.waits_for(partial(has_states, rig, [("a", "done")]))

    assert early == []
    assert await rig.effects() == ["a"]


async def test_a_cancelled_job_is_not_done(rig: Rig) -> None:
    await planned(rig, later("a"), later("b"))

    async def think_again(work: Work) -> Outcome:
        await jobs.cancel(work, "note", "a")
        return None

    await rig.listener.commit(think_again, actor=Actor("t", "admin"), correlation_id="test")
    claimed = await jobs.claim(rig.listener)

    assert [one.key for one in claimed] == ["b"]


async def test_two_workers_never_claim_the_same_job(rig: Rig) -> None:
    await planned(rig, *[later(f"{n:02}") for n in range(40)])

    claims = await asyncio.gather(*(jobs.claim(rig.listener, limit=10) for _ in range(6)))

    keys = [one.key for claim in claims for one in claim]
    assert len(keys) == len(set(keys)) == 40


async def test_a_job_whose_worker_died_is_claimed_again_and_known_as_interrupted(rig: Rig) -> None:
    await planned(rig, later("a"))
    [first] = await jobs.claim(rig.listener)
    meanwhile = await jobs.claim(rig.listener)

    await jobs.release_all(rig.listener)
    [second] = await jobs.claim(rig.listener)

    assert meanwhile == []
    assert (first.interrupted, first.attempt) == (False, 1)
    assert (second.interrupted, second.attempt) == (True, 2)


async def test_an_interruption_is_remembered_through_later_tries(rig: Rig) -> None:
    await planned(rig, later("a"))
    await jobs.claim(rig.listener)
    await jobs.release_all(rig.listener)
    [second] = await jobs.claim(rig.listener)

    again = TryAgain("not now", after=timedelta(seconds=-1))
    await jobs.put_off(rig.listener, second, "not now", again)
    [third] = await jobs.claim(rig.listener)

    assert third.interrupted


async def test_a_job_that_fails_every_time_is_given_up_and_shown(rig: Rig) -> None:
    await planned(rig, later("a"))

    for _ in range(jobs.ATTEMPTS):
        [one] = await jobs.claim(rig.listener)
        await jobs.put_off(rig.listener, one, "ValueError", None)
        await forget_delays(rig)

    [row] = await rig.rows(job)
    assert (row.state, row.error, row.attempt) == ("failed", "ValueError", jobs.ATTEMPTS)
    assert await jobs.claim(rig.listener) == []


async def test_a_failing_job_does_not_stop_the_others(rig: Rig) -> None:
    async def fails(one: Job, context: Context) -> Act:
        raise RuntimeError("no luck")

    rig.jobs = {"note": note, "fail": fails}
    await planned(rig, Later("fail", "x", {}, NOON), later("a"), later("b"))

    async with rig.running():
        await rig.waits_for(partial(_did, rig, ["a", "b"]))

    assert ("x", "done") not in await states(rig)


async def _did(rig: Rig, wanted: list[str]) -> bool:
    return await rig.effects() == wanted


async def story_reaches(rig: Rig, moment: datetime) -> None:
    """Move the listener's story."""
    async with rig.listener.database.writing() as connection:
        await move_story(connection, moment)
    rig.listener.signals.jobs.set()


async def forget_delays(rig: Rig) -> None:
    """Let every delay be over."""
    values: dict[str, Any] = {"retry_at": rig.listener.clock.machine() - timedelta(seconds=1)}
    async with rig.listener.database.writing() as connection:
        await connection.execute(job.update().values(**values))
