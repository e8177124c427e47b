"""The pages: projects with their activities, and reports that everyone can read."""

import re

import pytest

from shared.contracts.event import LANGUAGES
from shared.web.tokens import Role
from tests.services.reporting.building import Reporting, reporting_on
from tests.services.reporting.facts import ACTIVITY, PROJECT, Officer, a_party, an_activity
from tests.services.reporting.small_course import small_course

REPORT = f"/activities/{ACTIVITY}/report"


@pytest.mark.parametrize(
    ("role", "subject", "party", "participations"),
    [
        ("admin", "admin", None, 2),
        ("coordinator", "coordinator", None, 2),
        ("focal_point", "nfp-jo", "JO", 2),
    ],
)
async def test_home_lists_what_the_reader_may_see(
    reporting: Reporting, role: Role, subject: str, party: str | None, participations: int
) -> None:
    await reporting.hears(*small_course())

    async with reporting.client(role, subject, party) as reader:
        page = (await reader.get("/")).text

    assert f'href="activities/{ACTIVITY}/report"' in page
    assert re.findall(r'<td class="number"[^>]*>(\d+)</td>', page) == [str(participations), "1"]


@pytest.mark.parametrize(("role", "party"), [("focal_point", "MA"), ("coordinator", None)])
async def test_home_of_a_stranger_is_empty(
    reporting: Reporting, role: Role, party: str | None
) -> None:
    await reporting.hears(*small_course())

    async with reporting.client(role, "stranger", party) as stranger:
        page = (await stranger.get("/")).text

    assert "Trafficking and smuggling" not in page
    assert "There is no project that you take part in today." in page


async def test_home_of_a_focal_point_counts_its_own_party_only(reporting: Reporting) -> None:
    stranger = Officer("Nadia", "TN", "female")
    await reporting.hears(*small_course(), *stranger.seated(), stranger.enrolled())

    async with reporting.client("focal_point", "nfp-jo", "JO") as focal_point:
        page = (await focal_point.get("/")).text

    assert re.findall(r'<td class="number"[^>]*>(\d+)</td>', page) == ["2", "1"]


@pytest.mark.parametrize("path", [REPORT, f"/projects/{PROJECT}/report", "/"])
async def test_every_page_speaks_every_language(reporting: Reporting, path: str) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("admin") as admin:
        pages = [(await admin.get(path, params={"lang": one})).text for one in LANGUAGES]

    for language, page in zip(LANGUAGES, pages, strict=True):
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
        assert ("Who took part" in page or "Participation by" in page) == (language == "en")


async def test_the_chart_tells_its_figures_to_who_can_not_see_it(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("admin") as admin:
        page = (await admin.get(REPORT)).text

    assert 'role="img" aria-labelledby="parties-chart-title parties-chart-desc"' in page
    assert "Jordan: women 1, men 1, not stated 0." in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Working language", "Arabic", "First-time participants", "Declined"]),
        ("ar", ["لغة العمل", "العربية", "المشاركون لأول مرة", "معتذَر عنه"]),
        ("fr", ["Langue de travail", "arabe", "Rang donné par les parties et mérite"]),
        ("es", ["Idioma de trabajo", "árabe", "Orden de las partes y mérito"]),
    ],
)
async def test_the_report_says_codes_in_the_readers_words(
    reporting: Reporting, language: str, said: list[str]
) -> None:
    farah = Officer("Farah", "JO", "female", brings={"languages": ["ar"]})
    await reporting.hears(*small_course(), *farah.seated())

    async with reporting.client("coordinator") as coordinator:
        page = (await coordinator.get(REPORT, params={"lang": language})).text

    assert [words for words in said if words not in page] == []
    assert "AMM-2018-01" in page[page.index('aria-labelledby="selections"') :]


async def test_in_a_focal_points_report_no_other_party_is_named(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("focal_point", "nfp-jo", "JO") as focal_point:
        page = (await focal_point.get(REPORT)).text

    assert "These are the figures of your own party only:" in page
    assert "Jordan" in page
    assert "Where nominations stand" in page
    assert 'aria-labelledby="selections"' not in page
    assert not {"Morocco", "Tunisia"} & set(re.findall(r"\w+", page))


async def test_what_others_wrote_is_shown_and_not_run(reporting: Reporting) -> None:
    await reporting.hears(*small_course(), a_party("JO", "<script>alert(1)</script>", "الأردن"))

    async with reporting.client("admin") as admin:
        page = (await admin.get(REPORT)).text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_an_activity_without_anybody_has_a_report(reporting: Reporting) -> None:
    await reporting.hears(an_activity())

    async with reporting.client("admin") as admin:
        page = await admin.get(REPORT)

    assert page.status_code == 200
    assert "No party yet." in page.text


async def test_a_story_installation_says_that_its_figures_are_invented(database_url: str) -> None:
    async with reporting_on(database_url, story=True) as reporting:
        await reporting.hears(*small_course())

        async with reporting.client("admin") as admin:
            page = (await admin.get(REPORT)).text

    assert "these figures are invented" in page
    assert "Sample installation" in page
