"""A call whose seats are full, and another run of its activity."""

from datetime import date
from typing import Any

import httpx

from services.registration.tables import nomination
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import Course, a_call, a_course, the_activity
from tests.services.registration.made_once import made_once

AUTUMN = an_id("autumn")


@made_once
async def a_waiting_list(registration: Registration, **call: Any) -> Course:
    """JO-001 is offered the one seat; JO-002, JO-003 and TN-001 wait."""
    course = await a_course(registration, seats=1, **call)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
    await course.nominates("TN", 1)
    assert (await course.selects()).status_code == 200
    await registration.said()
    return course


async def with_another_run(course: Course, **call: Any) -> dict[str, Any]:
    """The call of the same course in autumn."""
    activity = {"activity_id": AUTUMN, "reference": "AMM-2018-02"}
    days = {"starts_on": date(2018, 10, 7), "ends_on": date(2018, 10, 11)}
    await course.registration.hears(the_activity(**activity, **days))
    deadline = {"local": "2018-08-30T16:00:00", "zone": "Asia/Amman"}
    body = a_call(activity_id=str(AUTUMN), deadline=deadline, **call)
    answer = await course.coordinator.post("/calls", json=body)
    assert answer.status_code == 201, answer.text
    await course.registration.said()
    opened: dict[str, Any] = answer.json()
    return opened


async def row_of(course: Course, reference: str) -> dict[str, Any]:
    """The first nomination of an officer."""
    rows = await course.registration.rows(nomination)
    return next(row for row in rows if row["officer_reference"] == reference)


async def offers(course: Course, reference: str, call_id: str, **asked: Any) -> httpx.Response:
    """The coordinator offers another run until 20 May."""
    body = {"call_id": call_id, "answer_until": "2018-05-20", **asked}
    mine = await row_of(course, reference)
    return await course.coordinator.post(f"/nominations/{mine['id']}/other-run", json=body)
