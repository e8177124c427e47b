"""The event catalogue opens by keyboard, and leads to schemas that programs can read."""

import pytest

from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scenes

pytestmark = pytest.mark.timeout(300)
TYPE = "registration.seat.offered.v1"


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_fields_of_an_event_open_by_keyboard(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(THE_END), language=language)
    await reader.open("/events")
    event = reader.page.locator(f"details[id='{TYPE}']")
    before = await event.get_by_text("answer_by.local").is_visible()

    await event.locator("summary").focus()
    await reader.page.keyboard.press("Enter")

    assert not before
    assert await event.get_by_text("answer_by.local").is_visible()
    assert await reader.faults() == []


async def test_schema_and_document_are_there_for_programs(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    reader = await readers.enter(scene)
    await reader.open(f"/events/{TYPE}")

    link = await reader.page.get_by_role("link", name=f"{TYPE}.json").get_attribute("href")
    schema = (await scene.http.get(str(link))).json()
    document = (await scene.http.get("/events/asyncapi.json")).json()

    assert "answer_by" in str(schema)
    assert document["asyncapi"].startswith("3.")
