"""The report: charts that can be read and heard, from either side, and the same as a file."""

import pytest

from tests.browser.places import COORDINATOR, JORDAN, REPORT
from tests.browser.reader import Reader, Readers
from tests.browser.scenes import THE_END, Scenes

pytestmark = pytest.mark.timeout(300)
CHART = "svg.chart"


async def first_bar(reader: Reader) -> tuple[float, float]:
    """Where women and men of the first bar of the first chart begin, from the left."""
    chart = reader.page.locator(CHART).first
    women = await chart.locator("rect.women").first.bounding_box()
    men = await chart.locator("rect.men").first.bounding_box()
    assert women is not None
    assert men is not None
    return women["x"], men["x"]


async def test_bars_run_as_the_reader_reads(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    english = await readers.enter(scene, COORDINATOR)
    arab = await readers.enter(scene, COORDINATOR, language="ar")

    await english.open(REPORT)
    await arab.open(REPORT)
    (women, men), (women_mirrored, men_mirrored) = await first_bar(english), await first_bar(arab)

    assert women < men
    assert women_mirrored > men_mirrored


@pytest.mark.parametrize(
    ("language", "said_of_jordan"),
    [("en", "Jordan: women 0, men"), ("ar", "الأردن: ")],
)
async def test_chart_says_its_figures_to_who_does_not_see_it(
    language: str, said_of_jordan: str, scenes: Scenes, readers: Readers
) -> None:
    reader = await readers.enter(await scenes(THE_END), COORDINATOR, language=language)

    await reader.open(REPORT)
    described = await reader.page.locator(f"{CHART} desc").all_text_contents()
    titled = await reader.page.locator(f"{CHART} title").all_text_contents()

    assert len(described) == len(titled) == 2
    assert said_of_jordan in described[1]


async def test_same_figures_are_offered_as_a_file(scenes: Scenes, readers: Readers) -> None:
    scene = await scenes(THE_END)
    reader = await readers.enter(scene, COORDINATOR)
    await reader.open(REPORT)

    async with reader.page.expect_download() as downloading:
        await reader.page.get_by_role("link", name="Download for spreadsheets (CSV)").click()
    file = (await (await downloading.value).path()).read_text(encoding="utf-8-sig")

    assert "Jordan" in file
    assert "Completed" in file


async def test_focal_point_reads_the_figures_of_one_party(scenes: Scenes, readers: Readers) -> None:
    reader = await readers.enter(await scenes(THE_END), JORDAN)

    await reader.open(REPORT)
    text = await reader.text()

    assert "your own party only: Jordan" in text
    assert "Morocco" not in await reader.page.content()
