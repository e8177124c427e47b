"""The page of the documentation works in a browser that may load nothing from afar."""

from pathlib import Path

from playwright.async_api import Browser, ConsoleMessage, Request

from tests.services.embedded.served import STORY, served

SERVICES = ("registration", "scheduling", "notifications", "reporting")


async def test_addresses_are_shown_and_nothing_is_loaded_from_elsewhere(
    browser: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path, *STORY) as installation:
        page = await browser.new_page()
        asked: list[str] = []
        complaints: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        def hear(said: ConsoleMessage) -> None:
            if said.type == "error":
                complaints.append(said.text)

        page.on("request", note)
        page.on("console", hear)

        for service in SERVICES:
            await page.goto(f"{installation.origin}/{service}/docs")
            await page.locator("#operations-operations-figures_figures_get").click()
            await page.locator(".opblock-body").get_by_text("taken_in").first.wait_for()

            assert await page.locator(".opblock").count() > 6
            assert await page.get_by_text("Unable to render").count() == 0
        await page.close()

    elsewhere = [url for url in asked if not url.startswith((installation.origin, "data:"))]
    assert elsewhere == []
    assert complaints == []
