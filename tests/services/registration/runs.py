"""A call whose selection is made in steps: who computes, looks, changes, approves and concludes."""

from typing import Any

import httpx

from services.registration.tables import nomination
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    AFTER_THE_DEADLINE,
    PROJECT,
    Course,
    a_course,
    registers,
)
from tests.services.registration.made_once import made_once

WHY = "The country asked for the officer of its border post."


@made_once
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
