"""The file of nominees: what a spreadsheet opens and never executes."""

import csv
from io import StringIO

import pytest

from services.registration.export import harmless
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "＝1", "\n-1"])
def test_a_cell_that_reads_as_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "JO-001", "رانيا", "1", "a=b"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


async def test_the_file_opens_with_every_script(registration: Registration) -> None:
    course = await a_course(registration)
    names = [
        {"script": "Latn", "given": '=HYPERLINK("x")', "family": 'Quote "and", comma'},
        {"script": "Arab", "given": "رانيا", "family": "حداد"},
    ]
    await course.nominates("JO", 1, names=names)

    answer = await course.points["JO"].get(f"/calls/{course.call_id}/nominations.csv")

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows[0]["given_name"] == '\'=HYPERLINK("x")'
    assert rows[0]["family_name"] == 'Quote "and", comma'
    assert (rows[0]["given_name_ar"], rows[0]["status"]) == ("رانيا", "submitted")
