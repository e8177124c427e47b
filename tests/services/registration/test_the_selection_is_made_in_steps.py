"""The selection in steps: computed by a worker, concluded by hand; only the last run counts."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from services.registration.selecting import computing
from services.registration.tables import nomination, offer
from shared import jobs
from shared.contracts.registration import (
    NominationSelected,
    SelectionConcluded,
    SelectionRunConcluded,
    SelectionRunEnded,
    SelectionRunProposed,
)
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course
from tests.services.registration.runs import WHY, a_full_course, a_run, references, shown, step


async def test_a_run_is_computed_by_a_worker_and_concluded_as_the_one_step_is(
    registration: Registration,
) -> None:
    course = await a_full_course(registration)
    address = f"/calls/{course.call_id}/selection-runs"

    made = await course.coordinator.post(address, json={})
    at_once = await course.coordinator.post(f"/calls/{course.call_id}/selection")
    await registration.does_jobs()
    run = await shown(course, made.json()["id"])
    concluded = await step(course, run, "conclusion")

    assert (made.json()["state"], made.json()["number"]) == ("waiting", 1)
    assert at_once.json()["code"] == "selection-is-made-in-steps"
    assert (run["state"], references(run), run["waiting"]) == ("proposed", {"JO-001", "TN-001"}, 4)
    assert run["pool_stands"] is True
    assert concluded.json()["state"] == "concluded"
    assert [row["state"] for row in await registration.rows(offer)] == ["live", "live"]
    said = await registration.said(SelectionRunProposed, SelectionConcluded, SelectionRunConcluded)
    assert [type(one) for one in said] == [
        SelectionRunProposed,
        SelectionConcluded,
        SelectionRunConcluded,
    ]
    assert (said[1].method, said[1].runs, said[1].overrides) == ("merit", 1, 0)
    assert said[0].pool_digest == said[1].pool_digest == run["pool_digest"]


async def test_a_run_waits_for_the_deadline_and_for_a_coordinator(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    address = f"/calls/{course.call_id}/selection-runs"

    early = await course.coordinator.post(address, json={})
    await registration.moves_to(AFTER_THE_DEADLINE)
    other = await course.coordinator.post(address, json={"method": "lottery"})
    run = await a_run(course)
    jordan, auditor = course.points["JO"], registration.client("auditor")
    denied = [
        await jordan.post(address, json={}),
        await jordan.get(address),
        await jordan.get(f"/selection-runs/{run['id']}"),
        await jordan.get(f"/calls/{course.call_id}/feasibility"),
        await auditor.post(address, json={}),
        *[
            await who.post(f"/selection-runs/{run['id']}/{name}")
            for who in (jordan, auditor)
            for name in ("cancellation", "approval", "conclusion")
        ],
        await jordan.post(f"/selection-runs/{run['id']}/overrides", json=_an_override()),
    ]
    read = await auditor.get(f"/selection-runs/{run['id']}")
    listed = await auditor.get(address)

    assert early.json()["code"] == "call-is-still-open"
    assert other.json()["code"] == "method-is-not-the-calls"
    assert [one.status_code for one in denied] == [404] * len(denied)
    assert read.json()["state"] == "proposed"
    assert [one["number"] for one in listed.json()["items"]] == [1]
    outcomes = [row["outcome"] for row in await registration.rows(audit)]
    assert outcomes.count("denied") == len(denied)


async def test_a_pool_that_moved_makes_the_run_superseded(registration: Registration) -> None:
    course = await a_full_course(registration)
    run = await a_run(course)
    first = next(one for one in run["chosen"] if one["party"] == "JO")
    await course.points["JO"].post(f"/nominations/{first['nomination_id']}/withdrawal")
    await registration.said()

    refused = await step(course, run, "conclusion")
    again = await a_run(course)

    assert refused.json()["code"] == "selection-pool-has-changed"
    assert (await shown(course, run["id"]))["state"] == "superseded"
    assert (again["number"], references(again) & {"JO-001"}) == (2, set())
    said = await registration.said(SelectionRunEnded, SelectionRunProposed, NominationSelected)
    assert [one.state for one in said] == ["superseded", "proposed"]


async def test_a_pool_that_moves_while_it_is_computed_supersedes_the_run(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_full_course(registration)
    address = f"/calls/{course.call_id}/selection-runs"
    run = (await course.coordinator.post(address, json={})).json()
    row = (await registration.rows(nomination))[0]

    (job,) = await jobs.claim(registration.service.context)
    conclude = await computing.compute_selection(job, registration.service.context)
    await course.coordinator.post(f"/nominations/{row['id']}/withdrawal")
    assert conclude is not None
    context = registration.service.context
    await context.commit(conclude, actor=context.itself, correlation_id="a")

    assert (await shown(course, run["id"]))["state"] == "superseded"


async def test_a_new_run_supersedes_the_one_before(registration: Registration) -> None:
    course = await a_full_course(registration)
    first = await a_run(course)

    second = await a_run(course)
    late = await step(course, first, "conclusion")

    assert (await shown(course, first["id"]))["state"] == "superseded"
    assert second["state"] == "proposed"
    assert late.json()["code"] == "run-has-moved"


async def test_minutes_say_whose_first_time_it_was_when_the_panel_was_chosen(
    registration: Registration,
) -> None:
    first = {"dimension": "first_time", "value": "yes", "minimum": 1}
    course = await a_full_course(registration, quotas=[first])
    run = await a_run(course)

    minutes = await course.coordinator.get(f"/selection-runs/{run['id']}/minutes")

    pages = PdfReader(BytesIO(minutes.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "First-time participants 1 – 6 2" in text


def _an_override() -> dict[str, Any]:
    return {"leaves": "00000000-0000-0000-0000-000000000000", "reason": WHY}
