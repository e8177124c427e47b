"""The certificate behind the link of a mail, and the check that anybody may make."""

import re

import pytest

from tests.browser.reader import Reader, Readers
from tests.browser.scenes import THE_END, Scene, Scenes
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
CERTIFICATE, CHECK = "/scheduling/certificate/", "/scheduling/check"
NUMBER = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
YES, NO = "Yes. This certificate is valid.", "No. There is no such certificate."


async def a_certificate(scene: Scene, reader: Reader) -> tuple[str, str]:
    """The number on the page behind the newest mail, and the family name of its holder."""
    query = {"channel": "email", "q": CERTIFICATE, "limit": "200"}
    mails = (await scene.http.get("/mailbox/messages", params=query)).json()["items"]
    persons = await scene.get("/registration/persons?limit=200")
    holder = next(one for one in persons["items"] if one["email"] == mails[-1]["to"])
    family = next(one["family"] for one in holder["names"] if one["script"] == "Latn")
    await reader.open(await scene.link_to(CERTIFICATE))
    number = NUMBER.search(await reader.text())
    assert number is not None
    return number[0], str(family)


async def check(reader: Reader, language: str, number: str, family_name: str) -> str:
    """Type both into the form; the answer."""
    await reader.open(f"{CHECK}?lang={language}")
    await reader.page.fill("[name=number]", number)
    await reader.page.fill("[name=family_name]", family_name)
    await reader.press(said("Check", language))
    return await reader.page.get_by_role("status").inner_text()


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_link_leads_to_thanks_and_the_paper(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    officer = await readers.enter(scene)
    await officer.open(f"{await scene.link_to(CERTIFICATE)}?lang={language}")

    button = officer.page.get_by_role("link", name=said("Open the certificate (PDF)", language))
    paper = await officer.page.request.get(f"{scene.origin}{await button.get_attribute('href')}")

    assert said("Your certificate is ready.", language) in await officer.text()
    assert paper.headers["content-type"] == "application/pdf"
    assert (await paper.body()).startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_check_says_yes_to_number_and_name_and_no_to_anything_else(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(THE_END)
    anybody = await readers.enter(scene)
    number, family_name = await a_certificate(scene, anybody)

    as_printed = await check(anybody, language, number, family_name)
    typed_otherwise = number.lower().replace("-", " ").translate(ARABIC_DIGITS)
    as_typed_in_arabic = await check(anybody, language, typed_otherwise, family_name.upper())
    of_another = await check(anybody, language, number, "Else")

    assert as_printed.strip() == as_typed_in_arabic.strip() == said(YES, language)
    assert said(NO, language) in of_another
    assert await anybody.faults() == []
    assert "Else" not in await anybody.page.content()
