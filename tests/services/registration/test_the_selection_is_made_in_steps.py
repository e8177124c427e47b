"""The selection in steps: computed by a worker, changed with a reason, approved, concluded."""

import asyncio
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from services.registration.selecting import computing, in_a_thread
from services.registration.tables import nomination, offer, selection_run
from shared import jobs
from shared.context import Actor
from shared.contracts.registration import (
    NominationSelected,
    SelectionConcluded,
    SelectionRunApproved,
    SelectionRunConcluded,
    SelectionRunEnded,
    SelectionRunOverridden,
    SelectionRunProposed,
)
from shared.jobs import TryAgain
from shared.tables import audit
from shared.tables import job as job_table
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    Course,
    a_course,
    registers,
)

WHY = "The country asked for the officer of its border post."


async def a_full_course(registration: Registration, **call: Any) -> Course:
    """Two seats after the deadline; three nominees of each party, the women second."""
    course = await a_course(registration, **call)
    for party in ("JO", "TN"):
        for number in (1, 2, 3):
            sex = "female" if number == 2 else "male"
            await course.nominates(party, number, sex=sex)
    await registration.moves_to(AFTER_THE_DEADLINE)
    return course


async def a_run(course: Course, **asked: Any) -> dict[str, Any]:
    """A run as it stands once a worker was at it."""
    address = f"/calls/{course.call_id}/selection-runs"
    made = await course.coordinator.post(address, json=asked)
    assert made.status_code == 201, made.text
    await course.registration.does_jobs()
    return await shown(course, made.json()["id"])


async def shown(course: Course, run_id: str) -> dict[str, Any]:
    """A run as the coordinator sees it."""
    answer = await course.coordinator.get(f"/selection-runs/{run_id}")
    assert answer.status_code == 200, answer.text
    run: dict[str, Any] = answer.json()
    return run


async def step(
    course: Course, run: dict[str, Any], name: str, who: httpx.AsyncClient | None = None
) -> httpx.Response:
    """A coordinator takes a step."""
    return await (who or course.coordinator).post(f"/selection-runs/{run['id']}/{name}")


async def a_second_coordinator(course: Course) -> httpx.AsyncClient:
    """Somebody else who coordinates the project."""
    person_id = await registers(course, subject="second")
    body = {"person_id": str(person_id), "role": "coordinator", "from_on": "2018-01-01"}
    answer = await course.admin.post(f"/projects/{PROJECT}/staff", json=body)
    assert answer.status_code == 201, answer.text
    return course.registration.client("coordinator", subject="second")


async def changes(
    course: Course, run: dict[str, Any], leaves: str | None, comes: str | None, **other: Any
) -> httpx.Response:
    """The coordinator puts one officer for another, both by reference."""
    rows = await course.registration.rows(nomination)
    ids = {row["officer_reference"]: str(row["id"]) for row in rows}
    body = {"leaves": ids.get(leaves or ""), "comes": ids.get(comes or ""), "reason": WHY, **other}
    asked = {name: value for name, value in body.items() if value is not None}
    return await course.coordinator.post(f"/selection-runs/{run['id']}/overrides", json=asked)


def references(run: dict[str, Any]) -> set[str]:
    """Whom a run proposes."""
    return {one["officer_reference"] for one in run["chosen"]}


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
    await registration.service.context.commit(
        conclude, actor=Actor("registration", "service"), correlation_id="a"
    )

    assert (await shown(course, run["id"]))["state"] == "superseded"


async def test_a_new_run_supersedes_the_one_before(registration: Registration) -> None:
    course = await a_full_course(registration)
    first = await a_run(course)

    second = await a_run(course)
    late = await step(course, first, "conclusion")

    assert (await shown(course, first["id"]))["state"] == "superseded"
    assert second["state"] == "proposed"
    assert late.json()["code"] == "run-has-moved"


async def test_quotas_that_can_not_be_kept_fail_the_run_by_name(
    registration: Registration,
) -> None:
    course = await a_full_course(
        registration, women_minimum=2, parties=[{"party": "JO", "minimum": 2}, {"party": "TN"}]
    )
    await registration.said()

    before = (await course.coordinator.get(f"/calls/{course.call_id}/feasibility")).json()
    run = await a_run(course)

    assert (before["feasible"], before["nominated"]) == (False, 6)
    women = next(one for one in before["quotas"] if one["dimension"] == "sex")
    assert (women["minimum"], women["nominated"]) == (2, 2)
    assert [one["words"] for one in before["relaxations"]] == [
        "Jordan: at least 1 instead of 2",
        "Women: at least 1 instead of 2",
        "Seats: at most 3 instead of 2",
    ]
    clash = {(one["dimension"], one["value"]) for one in before["obstacles"]}
    assert clash == {("party", "JO"), ("sex", "female"), ("seats", "")}
    assert (run["state"], run["failure"]["code"]) == ("failed", "quotas-cannot-be-met")
    assert {(one["dimension"], one["value"]) for one in run["failure"]["obstacles"]} == clash
    assert run["failure"]["relaxations"][0]["changes"][0]["to"] == 1
    assert [one.state for one in await registration.said(SelectionRunEnded)] == ["failed"]


async def test_a_call_that_can_be_selected_says_so_before_the_deadline(
    registration: Registration,
) -> None:
    course = await a_course(registration, women_minimum=1)
    address = f"/calls/{course.call_id}/feasibility"

    empty = (await course.coordinator.get(address)).json()
    await course.nominates("JO", 1, sex="female")
    met = (await course.coordinator.get(address)).json()
    await course.selects()
    late = await course.coordinator.get(address)

    assert (empty["feasible"], empty["obstacles"][0]["value"]) == (False, "female")
    assert (met["feasible"], met["obstacles"]) == (True, [])
    assert late.json()["code"] == "already-selected"


async def test_an_override_keeps_the_quotas_unless_the_missed_one_is_listed(
    registration: Registration,
) -> None:
    course = await a_full_course(registration, women_minimum=1)
    run = await a_run(course)
    (woman,) = references(run) & {"JO-002", "TN-002"}
    listed = [{"dimension": "sex", "value": "female", "bound": "minimum"}]
    await registration.said()

    unlisted = await changes(course, run, woman, "JO-003")
    nobody = await changes(course, run, "JO-003", "TN-003")
    chosen_already = await changes(course, run, None, woman)
    too_many = await changes(course, run, None, "TN-003")
    changed = await changes(course, run, woman, "JO-003", misses=listed)

    assert unlisted.json()["code"] == "override-misses-quota"
    assert unlisted.json()["errors"][0]["path"] == "sex.female"
    assert nobody.json()["code"] == "officer-is-not-in-the-panel"
    assert chosen_already.json()["code"] == "officer-is-not-waiting"
    assert too_many.json()["errors"][0]["path"] == "seats"
    assert changed.status_code == 201
    assert references(changed.json()) == references(run) - {woman} | {"JO-003"}
    (override,) = changed.json()["overrides"]
    assert (override["reason"], override["missed"]) == (WHY, ["sex.female.minimum"])
    (said,) = await registration.said(SelectionRunOverridden)
    assert said.overrides == 1
    assert WHY not in said.model_dump_json()


async def test_what_was_changed_is_approved_by_a_second_person(
    registration: Registration,
) -> None:
    course = await a_full_course(registration)
    second = await a_second_coordinator(course)
    run = await a_run(course)
    await changes(course, run, "JO-001", "JO-002")
    await registration.said()

    unapproved = await step(course, run, "conclusion", second)
    by_themself = await step(course, run, "approval")
    approved = await step(course, run, "approval", second)
    concluded = await step(course, run, "conclusion")

    assert unapproved.json()["code"] == "approval-is-missing"
    assert by_themself.json()["code"] == "approver-is-the-proposer"
    assert approved.json()["state"] == "approved"
    assert approved.json()["approved_by"] != approved.json()["made_by"]
    assert concluded.json()["state"] == "concluded"
    assert (await course.standing())["JO-002"] == "selected"
    assert (await course.standing())["JO-001"] == "waitlisted"
    assert [type(one) for one in await registration.said(SelectionRunApproved)] == [
        SelectionRunApproved
    ]


async def test_words_about_an_erased_officer_go_with_them(registration: Registration) -> None:
    course = await a_full_course(registration)
    run = await a_run(course)
    changed = await changes(course, run, "JO-001", "JO-002")
    person_id = next(
        row["person_id"]
        for row in await registration.rows(nomination)
        if row["officer_reference"] == "JO-001"
    )

    await course.admin.post(f"/persons/{person_id}/erasure")

    after = await shown(course, run["id"])
    assert changed.json()["overrides"][0]["reason"] == WHY
    assert after["overrides"][0]["reason"] is None
    assert after["pool_stands"] is False


async def test_a_change_after_the_approval_is_approved_anew(registration: Registration) -> None:
    course = await a_full_course(registration)
    second = await a_second_coordinator(course)
    run = await a_run(course)
    await step(course, run, "approval", second)

    changed = await changes(course, run, "JO-001", "JO-002")
    refused = await step(course, run, "conclusion")

    assert (changed.json()["state"], changed.json()["approved_by"]) == ("proposed", None)
    assert refused.json()["code"] == "approval-is-missing"


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


def _an_override() -> dict[str, Any]:
    return {"leaves": "00000000-0000-0000-0000-000000000000", "reason": WHY}


def _until_it_may_stop(pool: object, method: str, report: in_a_thread.Report) -> None:
    while True:
        report({"step": "searching"})


def _broken(pool: object, method: str, report: in_a_thread.Report) -> None:
    raise ZeroDivisionError


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
