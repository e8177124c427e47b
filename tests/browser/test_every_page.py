"""What holds on every page, for everyone: language, headings, labels, contrast, width, keyboard."""

import re

import pytest

from tests.browser.places import PLACES
from tests.browser.reader import Readers
from tests.browser.scenes import Scenes
from tests.browser.seats import DESKTOP, PHONE

ENGLISH = re.compile(r"\b(the|of|and|is|are|was|not|with|your?|this|yet|here|sign|by)\b", re.I)
"""Words without which English says little, and which the other languages do not have."""
OUR_WORDS = """() => {
  const page = document.body.cloneNode(true);
  const others = "bdi, code, pre, style, iframe, .languages, [lang=en], [dir=auto], .mark";
  page.querySelectorAll(others).forEach((element) => element.remove());
  return document.title + " " + page.textContent.replace(/\\s+/g, " ");
}"""
INVENTED = {"en": "invented", "ar": "من نسج الخيال", "fr": "fictifs", "es": "ficticios"}
STOPS = 12
WITHOUT_A_RING = """() => {
  const stop = document.activeElement, style = getComputedStyle(stop);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return stop === document.body || ring ? "" : stop.outerHTML.slice(0, 120);
}"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PLACES)
async def test_page_is_sound_on_a_desk_and_on_a_phone(
    name: str, language: str, scenes: Scenes, readers: Readers
) -> None:
    place = PLACES[name]
    scene = await scenes(place.scene)
    reader = await readers.enter(scene, place.who, language=language)

    answer = await reader.open(f"{await place.path(scene)}?lang={language}")
    root = await reader.page.evaluate("() => [document.documentElement.lang, document.dir]")
    words = await reader.page.evaluate(OUR_WORDS)
    on_a_desk = await reader.faults()
    await reader.page.set_viewport_size(PHONE)
    on_a_phone = await reader.faults()

    assert (answer.status, root) == (place.status, [language, "rtl" if language == "ar" else "ltr"])
    assert on_a_desk == []
    assert on_a_phone == []
    assert language == "en" or ENGLISH.findall(words) == [], words
    assert INVENTED[language] in await reader.page.inner_text("footer")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PLACES)
async def test_page_speaks_french_and_spanish_and_nothing_else(
    name: str, scenes: Scenes, readers: Readers
) -> None:
    place = PLACES[name]
    scene = await scenes(place.scene)
    reader = await readers.enter(scene, place.who, language=None)
    path = await place.path(scene)

    for language in ("fr", "es"):
        answer = await reader.open(f"{path}?lang={language}")
        words = await reader.page.evaluate(OUR_WORDS)

        assert answer.status == place.status
        assert ENGLISH.findall(words) == [], words
        assert INVENTED[language] in await reader.page.inner_text("footer")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["home", "call that is open", "attendance", "report", "mailbox"])
async def test_every_stop_of_the_keyboard_shows_itself(
    name: str, scenes: Scenes, readers: Readers
) -> None:
    place = PLACES[name]
    scene = await scenes(place.scene)
    reader = await readers.enter(scene, place.who)
    await reader.open(await place.path(scene))

    unseen = []
    for _ in range(STOPS):
        await reader.page.keyboard.press("Tab")
        unseen.append(await reader.page.evaluate(WITHOUT_A_RING))

    assert [stop for stop in unseen if stop] == []


@pytest.mark.timeout(300)
async def test_a_tablet_turned_either_way_shows_no_page_wider_than_itself(
    scenes: Scenes, readers: Readers
) -> None:
    place = PLACES["call of a coordinator"]
    scene = await scenes(place.scene)
    reader = await readers.enter(scene, place.who, language="ar")
    await reader.open(await place.path(scene))

    wider = []
    for width in (480, 640, 768, 1024, DESKTOP["width"]):
        await reader.page.set_viewport_size({"width": width, "height": 700})
        wider += [fault for fault in await reader.faults() if fault.startswith("scrolls")]

    assert wider == []
