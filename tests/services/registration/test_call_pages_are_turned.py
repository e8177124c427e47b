"""The page of a call shows fifty nominees at a time; its links turn forth and back."""

import re
from urllib.parse import urljoin

import httpx
import pytest

from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.made_once import made_once
from tests.services.registration.test_rosters_are_taken import a_roster, numbered, upload

LINK = r'href="([^"]*)" rel="{rel}"'


@made_once
async def a_crowd(registration: Registration, number: int = 120) -> Course:
    """A call with as many nominees of Jordan, and one of Tunisia."""
    course = await a_course(registration)
    await upload(course, a_roster(*(numbered(one) for one in range(1, number + 1))))
    await course.nominates("TN", 1)
    return course


async def page(reader: httpx.AsyncClient, course: Course, query: str = "") -> str:
    """The page of the call behind a link on it."""
    answer = await reader.get(urljoin(f"/calls/{course.call_id}/page", query))
    assert answer.status_code == 200, answer.text
    return answer.text


def link(shown: str, rel: str) -> str | None:
    """Where a link of the page leads."""
    found = re.search(LINK.format(rel=rel), shown)
    return found[1] if found else None


def nominees(shown: str) -> list[str]:
    """The references on the page, in their order."""
    return re.findall(r"<bdi>((?:R|JO|TN)-\d+)</bdi></span></td>", shown)


@pytest.mark.parametrize(("who", "everybody"), [("coordinator", 121), ("JO", 120)])
async def test_all_nominees_are_met_forth_and_back(
    registration: Registration, who: str, everybody: int
) -> None:
    course = await a_crowd(registration)
    reader = course.coordinator if who == "coordinator" else course.points[who]

    shown = [await page(reader, course)]
    while (onward := link(shown[-1], "next")) is not None:
        shown.append(await page(reader, course, onward))
    back = []
    at = shown[-1]
    while (before := link(at, "prev")) is not None:
        at = await page(reader, course, before)
        back.append(at)

    assert [len(nominees(one)) for one in shown] == [50, 50, everybody - 100]
    assert len({one for each in shown for one in nominees(each)}) == everybody
    assert [nominees(one) for one in back] == [nominees(shown[1]), nominees(shown[0])]


async def test_the_head_counts_everybody_and_the_page_stays_small(
    registration: Registration,
) -> None:
    course = await a_crowd(registration)

    coordinators = await page(course.coordinator, course)
    focal_points = await page(course.points["JO"], course)

    assert re.search(r"Nominations <span[^>]*><bdi>121</bdi>", coordinators)
    assert re.search(r"Your nominees <span[^>]*><bdi>120</bdi>", focal_points)
    assert len(coordinators) < 60_000
    assert len(focal_points) < 80_000


async def test_what_is_done_on_a_page_leads_back_to_it(registration: Registration) -> None:
    course = await a_crowd(registration)
    jordan = course.points["JO"]
    second = link(await page(jordan, course), "next") or ""
    shown = await page(jordan, course, second)
    form = re.search(r'action="([^"]*/page/withdrawal[^"]*)"', shown)
    assert form is not None

    done = await jordan.post(form[1])

    assert done.status_code == 303
    assert second.removeprefix("?") in done.headers["location"]
    assert "done=withdrawn" in done.headers["location"]


async def test_a_forged_place_is_refused(registration: Registration) -> None:
    course = await a_course(registration)

    answer = await course.coordinator.get(f"/calls/{course.call_id}/page?after=W10")

    assert answer.status_code == 422
