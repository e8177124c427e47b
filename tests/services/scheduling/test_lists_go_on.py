"""Lists are read page by page, and every page goes on where the last one ended."""

from typing import Any

import httpx

from tests.services.scheduling.building import Scheduling
from tests.services.scheduling.course import ACTIVITY, PROJECT, VENUE, a_course


async def _pages(client: httpx.AsyncClient, path: str) -> list[list[dict[str, Any]]]:
    pages, after = [], ""
    while True:
        page = (await client.get(f"{path}?limit=2{after}")).json()
        pages.append(page["items"])
        if page["next"] is None:
            return pages
        after = f"&after={page['next']}"


async def test_every_list_comes_to_its_end_without_repeating(scheduling: Scheduling) -> None:
    course = await a_course(scheduling)
    await course.enrols("amal", "basma", "dina")
    await course.enrols("chafik", "salma", party="MA")
    async with scheduling.client("admin") as client:
        for number in range(4):
            activity = {**ACTIVITY, "reference": f"AMM-2018-1{number}"}
            await client.post(f"/projects/{course.project_id}/activities", json=activity)
            await client.post("/projects", json={**PROJECT, "code": f"P-{number}"})
            await client.post("/venues", json=VENUE)

        lists = [
            await _pages(client, path)
            for path in (
                "/projects",
                "/activities",
                "/venues",
                f"/activities/{course.activity_id}/enrolments",
            )
        ]

    assert [[len(page) for page in pages] for pages in lists] == [[2, 2, 1]] * 4
    assert all(len({one["id"] for page in pages for one in page}) == 5 for pages in lists)
    references = [one["reference"] for page in lists[3] for one in page]
    assert references == sorted(references)
