"""The CSV: read by every spreadsheet, in every language, and never run as a formula."""

import csv
import io

from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import ACTIVITY, PROJECT, Officer, a_party
from tests.services.reporting.small_course import small_course

BRINGS_MUCH = Officer(
    "Farah",
    "JO",
    "female",
    brings={"rank_band": "mid", "specialisms": ["biometrics"], "languages": ["ar"]},
)
WOMAN, MAN = ["1", "0", "0", "1", "100.0"], ["0", "1", "0", "1", "0.0"]
FILE = f"/activities/{ACTIVITY}/participation.csv"


async def test_the_file_holds_every_figure_in_the_language_asked_for(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("auditor") as auditor:
        answer = await auditor.get(FILE, params={"lang": "ar"})

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('"AMM-2018-01-participation.csv"')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {9}
    assert ["الطرف", "JO", "الأردن", "رُشّحوا", "1", "1", "0", "2", "50.0"] in rows
    assert ["أيام الحضور", "3", "", "المشاركات", "1", "0", "0", "1", "100.0"] in rows


async def test_figures_of_calls_nominations_and_selections_are_in_the_file(
    reporting: Reporting,
) -> None:
    await reporting.hears(*small_course(), *BRINGS_MUCH.seated())

    async with reporting.client("auditor") as auditor:
        answer = await auditor.get(FILE, params={"lang": "fr"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    method = "Rang donné par les parties et mérite"
    said = "Participants pour la première fois"
    assert ["Ensemble", "", "", said, "1", "1", "0", "2", "50.0"] in rows
    assert ["Niveau de grade", "mid", "Intermédiaire", "Confirmés", *WOMAN] in rows
    assert ["Spécialité", "biometrics", "Biométrie", "Sélectionnés", *WOMAN] in rows
    assert ["Langue de travail", "ar", "arabe", "Désignés", *WOMAN] in rows
    assert ["État des candidatures", "declined", "Refusées", "Candidatures", *MAN] in rows
    assert ["Sélections", "AMM-2018-01", method, "Sélectionnés", "", "", "", "3", ""] in rows
    assert ["Appels à candidatures", "seats", "Places", "", "", "", "", "25", ""] in rows


async def test_names_that_look_like_formulas_do_not_run(reporting: Reporting) -> None:
    wicked = Officer("Wicked", "JO", "male", "=cmd|' /C calc'!A0")
    await reporting.hears(*small_course(), *wicked.seated(), wicked.enrolled())
    await reporting.hears(a_party("JO", '=HYPERLINK("http://evil.example")', "@الأردن"))

    async with reporting.client("auditor") as auditor:
        text = (await auditor.get(FILE)).content.decode("utf-8-sig")

    cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert "'=cmd|' /C calc'!A0" in cells


async def test_a_focal_point_downloads_its_own_party_only(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("focal_point", "nfp-jo", "JO") as focal_point:
        of_project = await focal_point.get(f"/projects/{PROJECT}/participation.csv")

    rows = csv.reader(io.StringIO(of_project.content.decode("utf-8-sig")))
    assert {row[1] for row in rows if row[0] == "Party"} == {"JO"}
    assert "MENA-participation.csv" in of_project.headers["content-disposition"]
