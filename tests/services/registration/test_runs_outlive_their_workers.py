"""A computation that is given up stops, is taken up by another worker, and fails at last."""

import asyncio

import pytest

from services.registration.selecting import computing, in_a_thread
from services.registration.tables import selection_run
from shared import jobs
from shared.jobs import TryAgain
from shared.tables import job as job_table
from tests.services.registration.building import Registration
from tests.services.registration.runs import a_full_course, shown, step


async def test_a_run_given_up_while_it_is_computed_stops(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_full_course(registration)
    address = f"/calls/{course.call_id}/selection-runs"
    run = (await course.coordinator.post(address, json={})).json()
    monkeypatch.setattr(in_a_thread, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(computing, "find", _until_it_may_stop)

    computed = asyncio.create_task(registration.does_jobs())
    while (await shown(course, run["id"]))["progress"] != {"step": "searching"}:
        await asyncio.sleep(0.01)
    given_up = await step(course, run, "cancellation")
    await computed

    assert given_up.json()["state"] == "cancelled"
    assert (await shown(course, run["id"]))["chosen"] == []
    assert (await step(course, run, "conclusion")).json()["code"] == "run-has-moved"


async def test_a_worker_that_ends_leaves_the_run_to_another(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_full_course(registration)
    context = registration.service.context
    run = (await course.coordinator.post(f"/calls/{course.call_id}/selection-runs", json={})).json()
    monkeypatch.setattr(in_a_thread, "SECONDS_BETWEEN_LOOKS", 0.01)
    with monkeypatch.context() as slow:
        slow.setattr(computing, "find", _until_it_may_stop)
        (job,) = await jobs.claim(context)
        context.signals.draining.set()
        with pytest.raises(TryAgain):
            await computing.compute_selection(job, context)
        context.signals.draining.clear()
    await jobs.put_off(context, job, "draining", TryAgain("draining", for_ever=True))

    (left,) = await registration.rows(job_table)
    async with registration.database.writing() as connection:
        now = context.clock.machine()
        await connection.execute(job_table.update().values(retry_at=now))
    await registration.does_jobs()

    assert left["state"] == "waiting"
    assert (await shown(course, run["id"]))["state"] == "proposed"


async def test_a_computation_that_breaks_down_again_and_again_fails_the_run(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_full_course(registration)
    run = (await course.coordinator.post(f"/calls/{course.call_id}/selection-runs", json={})).json()
    monkeypatch.setattr(computing, "find", _broken)
    monkeypatch.setattr(computing, "FAILURES", 1)

    await registration.does_jobs()

    failed = await shown(course, run["id"])
    assert (failed["state"], failed["failure"]) == ("failed", {"code": "ZeroDivisionError"})
    assert (await registration.rows(selection_run))[0]["ended_at"] is not None


def _until_it_may_stop(pool: object, method: str, report: in_a_thread.Report) -> None:
    while True:
        report({"step": "searching"})


def _broken(pool: object, method: str, report: in_a_thread.Report) -> None:
    raise ZeroDivisionError
