"""A course whose nominees are screened: a list goes out, results come back."""

import csv
from io import StringIO
from typing import Any

import httpx

from tests.services.registration.building import Registration
from tests.services.registration.course import PROJECT, Course, a_course
from tests.services.registration.made_once import made_once

OF_PROJECT = f"/projects/{PROJECT}/screening"
CSV = {"Content-Type": "text/csv"}
HEADER = "reference,result,valid_from,valid_until"


@made_once
async def a_screened_course(registration: Registration, **call: Any) -> Course:
    """A course whose project has its nominees screened."""
    course = await a_course(registration, **call)
    asked = await course.coordinator.put(
        OF_PROJECT, json={"asked_for": True}, headers={"If-Match": '"0"'}
    )
    assert asked.status_code == 200, asked.text
    return course


async def goes_out(course: Course) -> dict[str, str]:
    """A list goes to the vetting office: the reference of each family name."""
    made = await course.coordinator.post(f"{OF_PROJECT}/lists", json={})
    assert made.status_code == 201, made.text
    file = await course.coordinator.get(
        f"/screening/lists/{made.json()['id']}/file", params={"format": "csv"}
    )
    rows = csv.DictReader(StringIO(file.content.decode("utf-8-sig")))
    return {row["given_name"]: row["reference"] for row in rows}


async def comes_back(
    course: Course,
    *rows: str,
    header: str = HEADER,
    **query: Any,
) -> httpx.Response:
    """A file of results."""
    content = "\n".join((header, *rows)).encode()
    return await course.coordinator.post(
        f"{OF_PROJECT}/results", params=query, content=content, headers=CSV
    )


async def standing(course: Course) -> dict[str, str]:
    """Where every screening stands, by officer reference, as a coordinator sees it."""
    listed = await course.coordinator.get(f"/calls/{course.call_id}/nominations")
    return {one["officer_reference"]: one["screening"] for one in listed.json()["items"]}
