"""The page of a call: everything for a coordinator, a focal point's own officers for them."""

import pytest

from tests.browser.places import CALL, COORDINATOR, JORDAN
from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scene, Scenes
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)


async def names_by_party(scene: Scene) -> dict[str, set[str]]:
    """Every name and reference of the nominees of each party."""
    known: dict[str, set[str]] = {}
    listed = await scene.get("/registration/calls/{call}/nominations?limit=200", COORDINATOR)
    for one in listed["items"]:
        person = await scene.get(f"/registration/persons/{one['person_id']}")
        names = {f"{name['given']} {name['family']}" for name in person["names"]}
        known.setdefault(one["party"], set()).update(names, {one["officer_reference"]})
    return known


async def test_list_leads_to_the_page_of_a_call(scenes: Scenes, readers: Readers) -> None:
    reader = await readers.enter(await scenes(THE_END), COORDINATOR)
    await reader.open("/registration/")

    await reader.follow("AMM-2018-01")

    assert "Combating human trafficking" in await reader.page.inner_text("h1")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_coordinator_sees_every_nominee_and_that_quotas_are_kept(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    everyone = await names_by_party(scene)
    reader = await readers.enter(scene, COORDINATOR, language=language)

    await reader.open(CALL)
    shown = await reader.page.content()

    assert [name for names in everyone.values() for name in names if name not in shown] == []
    assert await reader.page.get_by_text(said("kept", language), exact=True).count() == 13
    assert await reader.page.get_by_text(said("not kept", language), exact=True).count() == 0


@pytest.mark.parametrize("scene_name", ["nominate_singly", "select_the_panel", THE_END])
async def test_focal_point_meets_no_officer_of_another_party(
    scene_name: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(scene_name)
    everyone = await names_by_party(scene)
    own = everyone.pop("JO")
    reader = await readers.enter(scene, JORDAN)

    await reader.open(CALL)
    shown = await reader.page.content()

    assert [name for name in own if name not in shown] == []
    assert [name for names in everyone.values() for name in names if name in shown] == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_nothing_is_offered_that_comes_too_late(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(THE_END), JORDAN, language=language)

    await reader.open(CALL)
    buttons = await reader.page.locator("main").get_by_role("button").all_inner_texts()
    details = await reader.page.locator("main details").count()

    assert (buttons, details) == ([], 0)


async def test_days_and_deadlines_are_written_as_the_reader_does(
    scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    english = await readers.enter(scene, COORDINATOR)
    arab = await readers.enter(scene, COORDINATOR, language="ar")

    await english.open("/registration/")
    await arab.open("/registration/")

    assert "24–28 Jun 2018" in await english.text()
    assert "10 May 2018, 16:00 (Amman)" in await english.text()
    assert "10 مايو 2018، 4:00 م (عمّان)" in (await arab.text()).replace("\xa0", " ")
