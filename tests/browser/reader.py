"""Somebody in front of a browser: what they open, and what their browser complains of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page, Response

from shared.web.pages import LANGUAGE_COOKIE
from shared.web.principal import SESSION_COOKIE
from tests.browser.scenes import Scene, Who
from tests.browser.seats import Seat, Seats

LOOK = (Path(__file__).parent / "look.js").read_text()


@dataclass
class Reader:
    """One person with one page open."""

    scene: Scene
    page: Page

    async def open(self, path: str) -> Response:
        """Follow an address of the scene."""
        answer = await self.page.goto(self.scene.origin + path.format(**self.scene.ids))
        assert answer is not None
        return answer

    async def text(self) -> str:
        """What there is to read on the page, without the chrome around it."""
        return await self.page.inner_text("main")

    async def faults(self) -> Sequence[str]:
        """What nobody should meet on any page (see look.js)."""
        return list(await self.page.evaluate(LOOK))

    async def press(self, button: str) -> None:
        """Press a button by its words, and wait for the page that comes."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button, exact=True).first.click()

    async def follow(self, link: str) -> None:
        """Follow a link by its words, or by a selector that begins with a dot, and wait for the
        page that comes."""
        named = self.page.get_by_role("link", name=link)
        async with self.page.expect_navigation():
            await (self.page.locator(link) if link.startswith(".") else named).first.click()

    async def tab_to(self, words: str) -> None:
        """Reach something by the keyboard alone; it shows that it is reached."""
        for _ in range(40):
            await self.page.keyboard.press("Tab")
            focused = await self.page.evaluate(
                "() => [document.activeElement.innerText || document.activeElement.name || '',"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
            if focused[0] == words:
                assert focused[1] != "none", f"{words} does not show that it is reached"
                return
        raise AssertionError(f"{words} is not reached by the keyboard")


@dataclass
class Readers:
    """Lets readers in, and hears of what their browsers complain."""

    seats: Seats
    complaints: list[str] = field(default_factory=list)
    _taken: list[Seat] = field(default_factory=list)

    async def enter(
        self, scene: Scene, who: Who | None = None, *, language: str | None = "en"
    ) -> Reader:
        """Somebody with a browser of their own, signed in or not, who reads one language."""
        seat = await self.seats.take(scene.origin)
        self._taken.append(seat)
        cookies = {LANGUAGE_COOKIE: language, SESSION_COOKIE: scene.token(who) if who else None}
        await seat.context.add_cookies(
            [
                {"name": name, "value": value, "url": scene.origin}
                for name, value in cookies.items()
                if value
            ]
        )
        return Reader(scene, seat.page)

    async def leave(self) -> None:
        """Have everybody leave."""
        for seat in self._taken:
            self.complaints += await self.seats.leave(seat)
