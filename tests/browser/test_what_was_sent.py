"""What was sent: counted on the page of deliveries, and to be read in the mailbox."""

import pytest

from tests.browser.places import COORDINATOR
from tests.browser.reader import Readers
from tests.browser.scenes import THE_END, Scenes

pytestmark = pytest.mark.timeout(300)


async def test_number_leads_to_the_messages_it_counts(scenes: Scenes, readers: Readers) -> None:
    reader = await readers.enter(await scenes(THE_END), COORDINATOR)
    await reader.open("/notifications/")

    await reader.follow("Outcome of the selection, mail, sent")
    shown = await reader.page.locator("table").last.locator("tbody tr").all_inner_texts()

    assert len(shown) == 10
    assert [row for row in shown if "Outcome of the selection" not in row] == []


async def test_no_name_or_address_is_among_the_deliveries(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    persons = (await scene.get("/registration/persons?limit=200"))["items"]
    reader = await readers.enter(scene, COORDINATOR)

    await reader.open("/notifications/")
    shown = await reader.page.content()

    addresses = [one["email"] for one in persons if one["email"]]
    names = [name["family"] for one in persons for name in one["names"] if len(name["family"]) > 4]
    assert [told for told in (*addresses, *names) if told in shown] == []


async def test_mail_is_shown_in_a_frame_of_its_own(scenes: Scenes, readers: Readers) -> None:
    reader = await readers.enter(await scenes(THE_END), language="ar")
    await reader.open("/mailbox/?channel=email&language=ar&q=/scheduling/joining/")

    await reader.follow(".mailbox-list a")
    mail = reader.page.frame_locator("iframe.mail")
    root = await mail.locator("html").evaluate("(html) => [html.lang, html.dir]")
    link = await mail.get_by_role("link").first.get_attribute("href")

    assert root == ["ar", "rtl"]
    assert "/scheduling/joining/" in str(link)
    assert "allow-scripts" not in str(await reader.page.locator("iframe").get_attribute("sandbox"))


async def test_discreet_mail_names_neither_topic_nor_place(
    scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(THE_END))
    await reader.open("/mailbox/?channel=email&language=en&q=/scheduling/joining/")

    await reader.follow(".mailbox-list a")
    mail = await reader.page.frame_locator("iframe.mail").locator("body").inner_text()

    assert "AMM-2018-01" in mail
    assert [told for told in ("trafficking", "Amman", "Jordan", "Centre") if told in mail] == []


async def test_sms_is_shown_as_on_a_phone(scenes: Scenes, readers: Readers) -> None:
    reader = await readers.enter(await scenes(THE_END), language="ar")
    await reader.open("/mailbox/?channel=sms&language=ar")

    await reader.follow(".mailbox-list a")
    bubble = reader.page.locator(".phone .bubble")

    assert "AMM-2018-01" in await bubble.inner_text()
    assert "UCS-2" in await reader.page.locator("figcaption").inner_text()
