"""The file of nominees: what a spreadsheet opens and never executes."""

import csv
from io import StringIO

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


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
