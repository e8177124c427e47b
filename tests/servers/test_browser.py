"""The browser that was found shows a page."""

from playwright.async_api import Browser


async def test_browser_shows_a_page_from_right_to_left(browser: Browser) -> None:
    page = await browser.new_page()

    await page.set_content("<html dir='rtl' lang='ar'><h1>دورة عمّان</h1></html>")

    assert await page.inner_text("h1") == "دورة عمّان"
    await page.close()
