"""A focal point nominates one officer by the form, and hears beside a field what is wrong."""

import pytest

from tests.browser.officer_form import (
    AN_OFFICER,
    CHOSEN,
    TICKED,
    fill,
    form_of,
    nominate,
    ticked,
    typed,
)
from tests.browser.places import CALL, COORDINATOR
from tests.browser.reader import Readers
from tests.browser.scenes import Scenes, Who
from tests.browser.seats import PHONE
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
OPEN = "open_the_call"
NOT_A_NUMBER = "This is not a phone number that can be called"


@pytest.mark.parametrize(("language", "party"), [("en", "MA"), ("ar", "TN")])
async def test_wrong_field_is_named_beside_it_and_what_was_typed_stays(
    language: str, party: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(OPEN), Who("focal_point", party), language=language)
    await reader.open(CALL)
    await fill(reader, phone="123")

    await nominate(reader, language)
    wrong = form_of(reader.page).locator("[aria-invalid=true]")
    told = form_of(reader.page).locator(f"#{await wrong.get_attribute('aria-describedby')}")

    assert await wrong.get_attribute("name") == "phone"
    assert await told.inner_text() == said(NOT_A_NUMBER, language)
    assert await typed(reader) == {**AN_OFFICER, **CHOSEN, "phone": "123"}
    assert await ticked(reader) == TICKED
    assert await reader.faults() == []


@pytest.mark.parametrize(("language", "party"), [("en", "AE"), ("ar", "EG")])
async def test_officer_who_is_well_described_is_nominated(
    language: str, party: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(OPEN), Who("focal_point", party), language=language)
    await reader.open(CALL)
    await fill(reader)

    await nominate(reader, language)
    row = reader.page.get_by_role("row").filter(has_text="SP-01")

    told = await reader.page.get_by_role("status").inner_text()
    assert told == said("The officer is nominated.", language)
    assert "Salma Specimen" in await row.inner_text()
    assert "سلمى نموذج" in await row.inner_text()
    for word in ("immigration", "biometrics", "open sources"):
        assert said(word, language) in await row.inner_text()
    assert "2018-1" in await row.inner_text()
    assert await reader.faults() == []


async def test_second_officer_of_the_same_rank_is_refused_beside_the_rank(
    scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(OPEN), Who("focal_point", "IQ"), language="ar")
    await reader.open(CALL)
    await fill(reader)
    await nominate(reader, "ar")

    await fill(reader, officer_reference="SP-02")
    await nominate(reader, "ar")
    wrong = form_of(reader.page).locator("[aria-invalid=true]")

    assert await wrong.get_attribute("name") == "priority"
    assert await reader.page.get_by_role("row").filter(has_text="SP-02").count() == 0


async def test_hostile_names_neither_run_nor_break_the_page(
    scenes: Scenes, readers: Readers
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    scene = await scenes(OPEN)
    point = await readers.enter(scene, Who("focal_point", "QA"))
    await point.open(CALL)
    await fill(
        point,
        given_name=hostile,
        family_name="W" * 200,
        given_name_ar="ع" * 200,
        family_name_ar="\u05d0\u0627 abc 123)",
    )

    await nominate(point, "en")
    kept = await point.page.content()
    coordinator = await readers.enter(scene, COORDINATOR, language="ar")
    await coordinator.open(CALL)
    await coordinator.page.set_viewport_size(PHONE)

    assert "&lt;script&gt;alert(1)" in kept
    assert "W" * 200 in kept
    assert await coordinator.page.locator("main img").count() == 0
    assert await coordinator.faults() == []
