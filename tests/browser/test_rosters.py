"""A focal point uploads a file: every bad row is shown, a good file nominates everyone in it."""

import pytest

from tests.browser.places import CALL
from tests.browser.reader import Reader, Readers
from tests.browser.scenes import Scenes, Who
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
HEAD = "officer reference;given name;family name;sex;unit;language;priority"
GOOD = ("F-1;Amal;First;female;immigration;ar;1", "F-2;Badr;Second;male;counter-smuggling;fr;2")
BAD = ("F-1;Amal;First;female;navy;ar;1", "F-2;;Second;sometimes;immigration;fr;x")


async def upload(reader: Reader, language: str, *rows: str) -> None:
    """Choose a file with these rows, and press the button."""
    file = "\r\n".join((HEAD, *rows)).encode()
    await reader.page.set_input_files(
        "input[type=file]", {"name": "roster.csv", "mimeType": "text/csv", "buffer": file}
    )
    await reader.press(said("Upload and nominate", language))


async def rows_of(reader: Reader, table: str) -> list[list[str]]:
    """The cells of the body of a table."""
    rows = await reader.page.locator(f"{table} tbody tr").all()
    return [await row.locator("td").all_inner_texts() for row in rows]


@pytest.mark.parametrize(("language", "party"), [("en", "JO"), ("ar", "DZ")])
async def test_file_with_bad_rows_shows_each_and_imports_nothing(
    language: str, party: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes("open_the_call")
    reader = await readers.enter(scene, Who("focal_point", party), language=language)
    await reader.open(CALL)

    await upload(reader, language, *BAD)
    problems = await rows_of(reader, "table.problems")
    nominees = await scene.get(f"/registration/calls/{{call}}/nominations?party={party}")

    places = {(row[0], row[1]) for row in problems}
    due = {("2", "unit", "E"), ("3", "given name", "B"), ("3", "sex", "D"), ("3", "priority", "G")}
    assert places == {(row, f"{said(column, language)} ({at})") for row, column, at in due}
    assert [row[2] for row in problems if not row[2].strip()] == []
    assert [one for one in nominees["items"] if one["party"] == party] == []
    assert await reader.faults() == []


@pytest.mark.parametrize(("language", "party"), [("en", "JO"), ("ar", "DZ")])
async def test_good_file_nominates_everyone_in_it_and_twice_changes_nothing(
    language: str, party: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes("open_the_call")
    reader = await readers.enter(scene, Who("focal_point", party), language=language)
    await reader.open(CALL)

    await upload(reader, language, *GOOD)
    once = await reader.text()
    await upload(reader, language, *GOOD)
    twice = await reader.text()

    assert said("The officers of the file are nominated.", language) in once
    assert "Amal First" in once
    assert "Badr Second" in once
    assert twice == once
