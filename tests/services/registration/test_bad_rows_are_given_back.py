"""The bad rows of a file come back as a file, with the reasons; corrected, they are taken."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.files import a_roster, confirms, numbered, sends

ROWS = (numbered(1), numbered(2, sex="?"), "R-3,=EVIL(),????,male,immigration,ar,zero,,no")


async def test_bad_rows_come_back_with_their_reasons(registration: Registration) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(*ROWS, numbered(1)))
    jordan, this = course.points["JO"], f"/imports/{read['id']}/problems"

    answer = await jordan.get(f"{this}.csv?lang=fr")
    book = load_workbook(BytesIO((await jordan.get(f"{this}.xlsx?lang=ar")).content))

    heading, *lines = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    shown = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert heading[:4] == ["Ligne", "Problème", "référence de l’agent", "prénom en lettres latines"]
    assert [line[0] for line in lines] == ["3", "4", "5"]
    assert lines[0][1].startswith("D: ")
    assert lines[0][2:6] == ["R-2", "Given", "Family 2", "?"]
    assert lines[1][3] == "'=EVIL()"
    assert lines[2][2] == "R-1"
    assert book.worksheets[0].sheet_view.rightToLeft
    assert shown[2][3] == "=EVIL()"
    assert [row[0] for row in shown] == ["الصف", "3", "4", "5"]


async def test_what_stood_there_is_in_words(registration: Registration) -> None:
    course = await a_course(registration, units=[{"unit": "immigration"}])
    header = "priority,officer_reference,given_name,family_name,sex,unit,language,specialisms,sms"
    row = "1,R-1,Given,Family,female,ncb,ar,biometrics;drugs,no"
    read = await sends(course, a_roster(row, header=header))

    answer = await course.points["JO"].get(f"/imports/{read['id']}/problems.csv?lang=ar")

    _, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert line[1] == "F: الدعوة موجهة إلى ضباط من وحدات أخرى."
    assert line[6:] == [
        *("أنثى", "المكتب المركزي الوطني", "العربية", "القياسات الحيوية; drugs", "لا"),
    ]


async def test_bad_rows_that_were_corrected_are_taken_as_they_are(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    first = await sends(course, a_roster(*ROWS[:2]))
    await confirms(course, first["id"], only_good=True)
    given = await course.points["JO"].get(f"/imports/{first['id']}/problems.xlsx")

    book = load_workbook(BytesIO(given.content))
    book.worksheets[0]["F2"] = "female"
    corrected = BytesIO()
    book.save(corrected)
    second = await sends(course, corrected.getvalue())
    await confirms(course, second["id"])

    assert second["rows"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0, "undone": 0}
    assert sorted(await course.standing()) == ["R-1", "R-2"]


async def test_bad_rows_are_for_the_party_and_the_coordinators(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    read = await sends(course, a_roster(*ROWS))
    auditor = registration.client("auditor")

    seen = [
        (await person.get(f"/imports/{read['id']}/problems.{kind}")).status_code
        for person in (course.points["TN"], auditor, course.coordinator)
        for kind in ("csv", "xlsx")
    ]

    assert seen == [404, 404, 403, 403, 200, 200]
