"""Somebody in front of a browser: what they open, and what their browser complains of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
)

from shared.web.pages import LANGUAGE_COOKIE
from shared.web.principal import SESSION_COOKIE
from tests.browser.scenes import Scene, Who

LOOK = (Path(__file__).parent / "look.js").read_text()
DESKTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)
STATUS_OF_THE_PAGE = re.compile(r"the server responded with a status of 4\d\d")
"""Chromium logs the status of a page that is a problem; a test that opens one looks at it."""


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
    """Lets readers in, and listens to their browsers."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def enter(
        self, scene: Scene, who: Who | None = None, *, language: str | None = "en"
    ) -> Reader:
        """Somebody with a browser of their own, signed in or not, who reads one language."""
        context = await self.browser.new_context(viewport=DESKTOP)
        self._contexts.append(context)
        cookies = {LANGUAGE_COOKIE: language, SESSION_COOKIE: scene.token(who) if who else None}
        await context.add_cookies(
            [
                {"name": name, "value": value, "url": scene.origin}
                for name, value in cookies.items()
                if value
            ]
        )
        page = await context.new_page()
        self._listen(page, urlsplit(scene.origin).netloc)
        return Reader(scene, page)

    async def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            await context.close()

    def _listen(self, page: Page, here: str) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith("data:") and urlsplit(request.url).netloc != here:
                self.complaints.append(f"{page.url} asked {request.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type == "error" and not STATUS_OF_THE_PAGE.search(message.text):
                self.complaints.append(f"{page.url} logged {message.text}")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url} threw {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"{page.url} ran {dialog.message}"))
