"""The mailbox's lists and pages: found, in the right direction, and harmless."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi import FastAPI
from playwright.async_api import Browser

from services.notifications.mailbox import Mailbox
from services.notifications.mailbox.mail_reading import read_mail
from services.notifications.mailbox.page_routes import HERE, with_links
from services.notifications.rendering import RenderedEmail

from .arrivals import send_mail, send_sms, served

EVIL = RenderedEmail("<b>x</b>", "<script>1</script>", "<script>alert(1)</script>", "en", "ltr")


async def ids(client: httpx.AsyncClient, **asked: str) -> list[int]:
    items = (await client.get("/messages", params=asked)).json()["items"]
    return [item["id"] for item in items]


async def test_messages_are_found_by_recipient_words_channel_and_language(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    await send_mail(mailbox, to="amal@example.org")
    await send_mail(mailbox, to="badr@example.org", mail=EVIL)
    await send_sms(client, text="100% تذكير")

    found = [
        await ids(client, to="amal"),
        await ids(client, q="مقعد"),
        await ids(client, q="100%"),
        await ids(client, q="%"),
        await ids(client, channel="sms"),
        await ids(client, language="en"),
        await ids(client, q="nothing"),
    ]

    assert found == [[1], [1], [3], [3], [3], [2], []]


async def test_a_list_goes_on_where_it_ended(mailbox: Mailbox, client: httpx.AsyncClient) -> None:
    for number in range(5):
        await send_sms(client, key=f"s-{number}")

    first = (await client.get("/messages", params={"limit": 3})).json()
    second = (await client.get("/messages", params={"limit": 3, "after": first["next"]})).json()

    assert [item["id"] for item in first["items"]] == [1, 2, 3]
    assert [item["id"] for item in second["items"]] == [4, 5]
    assert second["next"] is None


async def test_the_page_of_the_list_goes_back_in_time(
    mailbox: Mailbox, client: httpx.AsyncClient
) -> None:
    for number in range(51):
        await send_sms(client, key=f"s-{number}")

    newest = (await client.get("/", params={"channel": "sms"})).text
    older = (await client.get("/", params={"channel": "sms", "before": 2})).text

    assert newest.count("/read/") == 50
    assert "channel=sms&amp;before=2" in newest
    assert older.count("/read/") == 1


async def test_the_html_of_a_mail_is_shut_in(mailbox: Mailbox, client: httpx.AsyncClient) -> None:
    await send_mail(mailbox, mail=EVIL)

    html = await client.get("/messages/1/html")
    page = (await client.get("/read/1")).text

    policy = html.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/messages/1", 404),
        ("/messages/1/html", 404),
        ("/messages/1/raw", 404),
        ("/read/1", 404),
        ("/messages/0", 422),
        ("/messages/99999999999999999999", 422),
        ("/messages?after=99999999999999999999", 422),
        ("/messages?q=%00%ff%ed%a0%80", 200),
        ("/?before=x", 422),
        ("/nowhere", 404),
    ],
)
async def test_what_is_not_there_is_a_problem_and_never_a_crash(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    plain = await client.get(path)
    read = await client.get(path, headers={"Accept": "text/html"})

    assert (plain.status_code, read.status_code) == (status, status)


async def test_an_sms_has_no_html_and_its_text_is_shown_with_its_parts(
    client: httpx.AsyncClient,
) -> None:
    await send_sms(client, text="ب" * 71)

    html = await client.get("/messages/1/html")
    page = (await client.get("/read/1")).text

    assert html.status_code == 404
    assert "2 parts" in page
    assert "UCS-2" in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("see https://a.org/x?a=1&b=2.", 'href="https://a.org/x?a=1&amp;b=2"'),
        ("\u2068https://a.org/x\u2069", 'href="https://a.org/x"'),
        ('https://a.org/"onclick="x', 'href="https://a.org/"'),
        ("(https://a.org/x)، ثم", 'href="https://a.org/x"'),
    ],
)
def test_addresses_in_a_text_become_links_and_nothing_else_does(text: str, html: str) -> None:
    written = with_links(text)

    assert html in written
    assert written.count("<") == 2


def test_nothing_is_a_link_in_a_text_without_one() -> None:
    written = with_links("javascript:alert(1) <b>")

    assert written == "javascript:alert(1) &lt;b&gt;"


@pytest.mark.gate
@pytest.mark.parametrize("language", ["ar", "fr", "es"])
def test_every_text_of_the_pages_is_translated(language: str) -> None:
    pages = HERE / "pages"
    used = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            pages,
            method_map=[("**.html", "jinja2.ext:babel_extract")],
            keywords={"_": None, "ngettext": (1, 2)},
        )
    }

    with (pages / "locale" / f"{language}.po").open("rb") as lines:
        catalogue = read_po(lines, locale=language)

    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and message.string and all(message.string)
    }
    assert used - known == set()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[str]:
    """The mailbox with one mail, mounted as an installation mounts it, in a thread of its own."""
    mailbox = Mailbox(tmp_path / "mailbox.sqlite", gateway_key="secret")
    raw = (
        b"Subject: seat\r\nContent-Language: ar\r\nContent-Type: text/html\r\n\r\n"
        b'<script>document.title="ran"</script>'
        b'<a href="/mailbox/figures" target="_blank">open</a>'
    )
    mailbox.received.keep([read_mail(raw, "a@example.org", "d@example.org")])
    app = FastAPI()
    app.mount("/mailbox", mailbox.api())
    with served(app) as address:
        yield f"{address}/mailbox"
    mailbox.received.close()


async def test_a_link_in_a_shown_mail_opens_in_its_own_tab_and_a_script_does_nothing(
    browser: Browser, mounted: str
) -> None:
    page = await browser.new_page()
    await page.goto(f"{mounted}/?lang=ar")
    await page.get_by_text("seat").click()
    mail = page.frame_locator("iframe.mail")

    async with page.expect_popup() as opened:
        await mail.get_by_text("open").click()
    tab = await opened.value
    await tab.wait_for_load_state()

    assert await page.locator("html").get_attribute("dir") == "rtl"
    assert tab.url.endswith("/mailbox/figures")
    assert await mail.locator("body").evaluate("document.title") == ""
    await tab.close()
    await page.close()
