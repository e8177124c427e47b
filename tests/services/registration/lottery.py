"""A call whose seats are drawn by lot, and who looks at the draw."""

from typing import Any

import httpx

from tests.services.registration.building import Registration
from tests.services.registration.course import Course
from tests.services.registration.runs import a_full_course


async def a_lottery(registration: Registration, **call: Any) -> Course:
    """Six nominees for two seats, one of them for a woman, by lottery."""
    return await a_full_course(registration, method="lottery", women_minimum=1, **call)


async def the_draw(course: Course, who: httpx.AsyncClient | None = None) -> dict[str, Any]:
    """What is public of the lottery."""
    answer = await (who or course.coordinator).get(f"/calls/{course.call_id}/draw")
    assert answer.status_code == 200, answer.text
    record: dict[str, Any] = answer.json()
    return record


async def adds(course: Course, words: str, who: httpx.AsyncClient | None = None) -> httpx.Response:
    """Somebody adds words to the seed."""
    address = f"/calls/{course.call_id}/draw/contributions"
    return await (who or course.coordinator).post(address, json={"words": words})


async def chances(course: Course, who: httpx.AsyncClient | None = None) -> list[dict[str, Any]]:
    """The chances that somebody sees."""
    answer = await (who or course.coordinator).get(f"/calls/{course.call_id}/chances")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
