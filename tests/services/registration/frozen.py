"""A list that is frozen, and who asks for a change of it."""

from typing import Any

import httpx

from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course
from tests.services.registration.made_once import made_once


async def asks(course: Course, nominated: dict[str, Any], **asked: Any) -> httpx.Response:
    """The focal point of JO asks for a change."""
    address = f"/nominations/{nominated['id']}/change-requests"
    return await course.points["JO"].post(address, json={"reason": "A clerk erred.", **asked})


async def decides(course: Course, request: httpx.Response, **decision: Any) -> httpx.Response:
    """The coordinator decides."""
    address = f"/change-requests/{request.json()['id']}/decision"
    return await course.coordinator.post(address, json=decision)


@made_once
async def a_frozen_list(registration: Registration, **call: Any) -> tuple[Course, list[Any]]:
    """JO-001, JO-002 and TN-001 are nominated, and the deadline passes."""
    course = await a_course(registration, **call)
    nominated = [await course.nominates("JO", number) for number in (1, 2)]
    await course.nominates("TN", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    await registration.said()
    return course, nominated
