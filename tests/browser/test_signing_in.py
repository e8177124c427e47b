"""A visitor comes by a link that works once, and leaves again."""

import pytest

from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scene, Scenes, Who

pytestmark = pytest.mark.timeout(300)


async def persona_link(scene: Scene, role: str) -> str:
    """A link that signs in as a persona, made by an admin; its path."""
    headers = {"Authorization": f"Bearer {scene.token(Who('admin'))}"}
    made = await scene.http.post("/personas", json={"role": role}, headers=headers)
    return str(made.raise_for_status().json()["link"]).split("/", 3)[3]


async def test_persona_link_signs_in_once(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    link = await persona_link(scene, "coordinator")
    visitor = await readers.enter(scene)
    latecomer = await readers.enter(scene, language="ar")

    await visitor.open(f"/{link}")
    late = await latecomer.open(f"/{link}")

    assert visitor.page.url == f"{scene.origin}/registration/"
    assert "AMM-2018-01" in await visitor.text()
    assert late.status == 410
    assert "سبق استخدام هذا الرابط" in await latecomer.text()


async def test_who_signs_out_is_out(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    coordinator = await readers.enter(scene, Who("coordinator"))
    await coordinator.open("/registration/")

    await coordinator.press("Sign out")
    home = coordinator.page.url
    buttons = await coordinator.page.get_by_role("button").count()
    afterwards = await coordinator.open("/registration/")

    assert home == f"{scene.origin}/"
    assert buttons == 0
    assert afterwards.status == 401
    assert "Please sign in again" in await coordinator.text()
