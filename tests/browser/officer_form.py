"""A focal point in front of the form of one officer."""

from collections.abc import Mapping

from playwright.async_api import Locator, Page

from tests.browser.reader import Reader
from tests.browser.words import said

AN_OFFICER: Mapping[str, str] = {
    "given_name": "Salma",
    "family_name": "Specimen",
    "given_name_ar": "سلمى",
    "family_name_ar": "نموذج",
    "officer_reference": "SP-01",
    "priority": "1",
    "unit_name": "Specimen unit",
    "email": "salma@police.example",
    "phone": "+962790000000",
    "serving_since": "2004",
    "declaration": "2018-1",
    "declared_on": "2018-03-30",
}
TICKED = ("specialisms.biometrics", "specialisms.open_source", "languages.fr")
CHOSEN: Mapping[str, str] = {"sex": "female", "unit": "immigration", "language": "ar"}


async def fill(reader: Reader, **other: str) -> None:
    """Type an officer in, some fields otherwise."""
    form = form_of(reader.page)
    for name, text in {**AN_OFFICER, **other}.items():
        await form.locator(f"[name={name}]").fill(text)
    for name, code in CHOSEN.items():
        await form.locator(f"[name={name}]").select_option(code)
    for name in TICKED:
        await form.locator(f"[name='{name}']").check()


async def nominate(reader: Reader, language: str) -> None:
    """Press the button of the form."""
    async with reader.page.expect_navigation():
        await form_of(reader.page).get_by_role("button", name=said("Nominate", language)).click()


async def typed(reader: Reader) -> Mapping[str, str]:
    """What stands in the fields now."""
    form = form_of(reader.page)
    names = [*AN_OFFICER, *CHOSEN]
    return {name: await form.locator(f"[name={name}]").input_value() for name in names}


async def ticked(reader: Reader) -> tuple[str, ...]:
    """The boxes of the form that are ticked now, by their names."""
    boxes = await form_of(reader.page).locator("fieldset input:checked").all()
    return tuple([str(await box.get_attribute("name")) for box in boxes])


def form_of(page: Page) -> Locator:
    """The form of one officer."""
    return page.locator("form[action$='/page/nomination']")
