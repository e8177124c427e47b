"""Browsers in front of which one reader sits after another: to open one takes more than to read
most pages. Nothing of one reader is left for the next: no cookie, no page, no width."""

import re
from dataclasses import dataclass, field

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
)

DESKTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)
STATUS_OF_THE_PAGE = re.compile(r"the server responded with a status of 4\d\d")
"""Chromium logs the status of a page that is a problem; a test that opens one looks at it."""
NOTHING = "about:blank"


@dataclass(eq=False)
class Seat:
    """One browser of its own, with one page; it notes what it has to complain of."""

    context: BrowserContext
    page: Page
    origin: str = ""
    """Where whoever sits here reads: requests to elsewhere are complained of."""
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note what nobody should meet."""
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._complain(f"threw {error}"))
        self.page.on("dialog", lambda dialog: self._complain(f"ran {dialog.message}"))

    def _asked(self, request: Request) -> None:
        here = (f"{self.origin}/", "data:", NOTHING)
        if not request.url.startswith(here):
            self._complain(f"asked {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not STATUS_OF_THE_PAGE.search(message.text):
            self._complain(f"logged {message.text}")

    def _complain(self, of: str) -> None:
        self.complaints.append(f"{self.page.url} {of}")


@dataclass
class Seats:
    """All seats in front of one Chromium."""

    browser: Browser
    _free: list[Seat] = field(default_factory=list)

    async def take(self, origin: str) -> Seat:
        """A seat for somebody who reads there."""
        seat = self._free.pop() if self._free else await self._make()
        seat.origin = origin
        return seat

    async def leave(self, seat: Seat) -> list[str]:
        """Clear it for the next; what its browser had to complain of."""
        for page in seat.context.pages:
            await (page.goto(NOTHING) if page is seat.page else page.close())
        if seat.complaints:
            await seat.context.close()
            return seat.complaints
        await seat.context.clear_cookies()
        await seat.page.set_viewport_size(DESKTOP)
        self._free.append(seat)
        return []

    async def _make(self) -> Seat:
        context = await self.browser.new_context(viewport=DESKTOP)
        seat = Seat(context, await context.new_page())
        seat.listen()
        return seat
