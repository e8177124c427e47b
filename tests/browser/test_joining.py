"""Joining instructions: a button sends them, a page behind a link shows them, a file keeps them."""

import asyncio
from pathlib import Path

import pytest

from tests.browser.places import ACTIVITY, COORDINATOR
from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scene, Scenes

pytestmark = pytest.mark.timeout(300)
JOINING = "/scheduling/joining/"


async def mails_with(scene: Scene, page: str, due: int) -> int:
    """How many mails lead to a page, as soon as so many do, or after a while."""
    query = {"channel": "email", "q": page, "limit": "200"}
    for _ in range(300):
        mails = (await scene.http.get("/mailbox/messages", params=query)).json()["items"]
        if len(mails) >= due:
            break
        await asyncio.sleep(0.1)
    return len(mails)


async def test_button_tells_everyone_enrolled_how_to_join(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes("fill_the_freed_seat")
    coordinator = await readers.enter(scene, COORDINATOR)
    await coordinator.open(ACTIVITY)
    before = await coordinator.text()

    await coordinator.press("Issue joining instructions")

    assert "0 of 25 told" in before
    assert "25 of 25 told" in await coordinator.text()
    assert await coordinator.page.get_by_role("button", name="Issue").count() == 0
    assert await mails_with(scene, JOINING, 25) == 25


async def test_page_shows_times_of_the_place_from_right_to_left(
    scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    officer = await readers.enter(scene, language=None)

    await officer.open(await scene.link_to(JOINING, language="ar"))
    text = (await officer.text()).replace("\xa0", " ")
    time = await officer.page.locator("td").nth(0).bounding_box()
    topic = await officer.page.locator("td").nth(1).bounding_box()

    assert "جميع الأوقات بالتوقيت المحلي: عمّان." in text
    assert "9:00 ص – 12:00 م" in text
    assert "الأحد، 24 يونيو 2018" in text
    assert time is not None
    assert topic is not None
    assert time["x"] > topic["x"]


async def test_sessions_go_into_a_calendar(
    scenes: Scenes, readers: Readers, tmp_path: Path
) -> None:
    scene = await scenes(THE_END)
    officer = await readers.enter(scene)
    await officer.open(f"{await scene.link_to(JOINING)}?lang=en")

    async with officer.page.expect_download() as downloading:
        await officer.page.get_by_role("link", name="Add the sessions to a calendar").click()
    download = await downloading.value
    await download.save_as(tmp_path / "sessions.ics")
    calendar = (tmp_path / "sessions.ics").read_text()

    assert download.suggested_filename == "sessions.ics"
    assert calendar.count("BEGIN:VEVENT") == 10
    assert "Combating" not in calendar
