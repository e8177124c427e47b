"""An officer answers an offer behind the link of a mail, by the keyboard alone if they like."""

import pytest

from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scenes
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
LIVE, OFFER = "select_the_panel", "/registration/offer/"
ACCEPTED, DECLINED = "The seat is confirmed", "The seat was declined"


@pytest.mark.parametrize(
    ("language", "which", "answer", "outcome"),
    [
        ("en", 0, "Accept the seat", ACCEPTED),
        ("ar", 1, "Accept the seat", ACCEPTED),
        ("en", 2, "Decline", DECLINED),
        ("ar", 3, "Decline", DECLINED),
    ],
)
async def test_offer_is_answered_by_keyboard_and_a_second_press_is_friendly(
    language: str, which: int, answer: str, outcome: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(LIVE)
    officer = await readers.enter(scene)
    link = f"{await scene.link_to(OFFER, which=which)}?lang={language}"
    await officer.open(link)
    late = await readers.enter(scene)
    await late.open(link)

    await officer.tab_to(said(answer, language))
    async with officer.page.expect_navigation():
        await officer.page.keyboard.press("Enter")
    await late.press(said(answer, language))

    assert await officer.page.inner_text("h1") == said(outcome, language)
    assert await officer.page.get_by_role("button").count() == 0
    assert await late.page.inner_text("h1") == said(outcome, language)
    assert said("This offer was answered before; nothing was changed. To change the answer, please"
        " contact your national focal point.", language) in await late.text()  # fmt: skip
    assert await late.faults() == []


async def test_offer_speaks_the_language_of_its_officer(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(LIVE)
    officer = await readers.enter(scene, language=None)

    await officer.open(await scene.link_to(OFFER, language="ar"))
    shown = await officer.page.evaluate("() => [document.documentElement.lang, document.dir]")

    assert shown == ["ar", "rtl"]


async def test_link_that_has_expired_says_so_and_what_to_do(
    scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    officer = await readers.enter(scene, language="ar")

    answer = await officer.open(await scene.link_to(OFFER))

    assert answer.status == 410
    assert await officer.page.inner_text("h1") == said("This link has expired", "ar")
    assert said("Please ask whoever gave you the link for a new one.", "ar") in await officer.text()


async def test_link_that_was_changed_shows_nothing(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(LIVE)
    link = await scene.link_to(OFFER)
    stranger = await readers.enter(scene, language="ar")

    answer = await stranger.open(f"{link[:-6]}{'A' * 6}")

    assert answer.status == 404
    assert await stranger.page.inner_text("h1") == said("This link is not valid", "ar")
    assert "AMM-2018-01" not in await stranger.page.content()
