"""Attendance is kept by whoever teaches, and a coordinator closes what is over."""

import asyncio

import pytest

from deploy.demo.course import read_course
from tests.browser.places import ACTIVITY, COORDINATOR, SHEET
from tests.browser.reader import Readers
from tests.browser.scenes import Scenes, Who
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
HELD = "hold_the_days"
SECONDS_BETWEEN_LOOKS = 0.3
CLOSE = "Close the activity and issue certificates"


async def test_instructor_marks_one_officer_late_and_the_sheet_keeps_it(
    scenes: Scenes, readers: Readers
) -> None:
    teacher = Who("instructor", subject=read_course().plan["sessions"][0]["instructor"])
    reader = await readers.enter(await scenes(HELD), teacher)
    await reader.open("/scheduling/")
    await reader.follow("AMM-2018-01")
    await reader.follow("25 of 25 marked")

    row = reader.page.get_by_role("row").filter(has_text="AMM-2018-01/JO/1")
    await row.get_by_label("Late").check()
    await reader.press("Save the sheet")
    told = await reader.page.get_by_role("status").inner_text()
    await reader.page.reload()

    assert told == "The sheet is saved."
    assert await row.get_by_label("Late").is_checked()
    assert await reader.page.locator("input[value=late]:checked").count() == 1


async def test_instructor_is_offered_no_button_of_a_coordinator(
    scenes: Scenes, readers: Readers
) -> None:
    teacher = Who("instructor", subject=read_course().plan["sessions"][0]["instructor"])
    reader = await readers.enter(await scenes(HELD), teacher, language="ar")

    await reader.open(ACTIVITY)
    buttons = await reader.page.locator("main").get_by_role("button").count()

    assert buttons == 0


async def test_closing_concludes_the_activity_and_shuts_its_sheets_to_who_teaches(
    scenes: Scenes, readers: Readers
) -> None:
    teacher = Who("instructor", subject=read_course().plan["sessions"][0]["instructor"])
    instructor = await readers.enter(await scenes(HELD), teacher)
    reader = await readers.enter(await scenes(HELD), COORDINATOR, language="ar")
    await reader.open(ACTIVITY)

    await reader.press(said(CLOSE, "ar"))
    told = await reader.text()
    for _ in range(100):
        issued = (await reader.text()).count(said("Issued", "ar", "scheduling"))
        if issued == 25:
            break
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        await reader.page.reload()
    await instructor.open(SHEET)
    choices = instructor.page.locator("input[type=radio]")

    assert said("Concluded", "ar", "scheduling") in told
    assert issued == 25
    assert await choices.count() == 100
    assert await instructor.page.locator("input[type=radio]:enabled").count() == 0


async def test_a_coordinator_corrects_a_closed_sheet_and_says_why(
    scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes("the_end"), COORDINATOR)
    await reader.open(SHEET)

    row = reader.page.get_by_role("row").filter(has_text="AMM-2018-01/QA/2")
    await row.get_by_label("Late").check()
    await reader.page.get_by_label("Why it is corrected").select_option("evidence_came_later")
    await reader.press("Correct the sheet")
    told = await reader.page.get_by_role("status").inner_text()

    assert "The sheet is saved." in told
    assert await row.get_by_label("Late").is_checked()


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_units_and_states_are_words_and_no_codes(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes("the_end"), COORDINATOR, language=language)

    await reader.open(ACTIVITY)
    text = await reader.text()

    assert said("Anti-trafficking", language) in text
    assert "_" not in text
