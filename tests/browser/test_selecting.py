"""The selection is one button, once, when the deadline has passed."""

from datetime import UTC, datetime

import pytest

from tests.browser.places import CALL, COORDINATOR
from tests.browser.reader import Readers
from tests.browser.scenes import Scenes
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
BUTTON = "Make the selection and offer the seats"
AFTER_THE_DEADLINE = datetime(2018, 5, 13, 6, tzinfo=UTC)


async def test_button_selects_once_and_a_second_press_is_told_so(
    scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes("nominate_singly")
    early = await readers.enter(scene, COORDINATOR)
    await early.open(CALL)
    before = await early.page.get_by_role("button", name=BUTTON).count()
    await scene.move_story_to(AFTER_THE_DEADLINE)
    first = await readers.enter(scene, COORDINATOR)
    second = await readers.enter(scene, COORDINATOR, language="ar")
    await first.open(CALL)
    await second.open(CALL)

    await first.press(BUTTON)
    await second.press(said(BUTTON, "ar"))

    assert before == 0
    told = "The selection is made; the seats are offered."
    assert await first.page.get_by_role("status").inner_text() == told
    assert await first.page.get_by_text("offered a seat", exact=True).count() == 25
    refused = said("The selection was made already", "ar")
    assert await second.page.get_by_role("alert").inner_text() == refused
    assert await second.page.get_by_role("button", name=said(BUTTON, "ar")).count() == 0
    assert await second.faults() == []
