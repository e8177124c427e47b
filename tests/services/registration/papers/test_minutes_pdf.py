"""The minutes as a PDF: complete in four languages, coded, the same bytes for the same facts."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.registration import papers
from services.registration.papers.minutes import (
    BoardListed,
    Minutes,
    NomineeListed,
    OverrideListed,
    QuotaCounted,
    QuotaMissed,
    ReviewerListed,
)
from services.registration.papers.typesetting import minutes_pdf

LANGUAGES = ("ar", "en", "fr", "es")
DIGEST = "27cac5503836765cd10751d27ab4a6e17d7a80d4c948430a5a81513973f9b51e"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2018, 5, day, hour, tzinfo=UTC)


def the_minutes(language: str = "en") -> Minutes:
    return Minutes(
        language=language,
        zone="Asia/Amman",
        reference="AMM-2018-01",
        deadline=at(10, 13),
        seats=2,
        method="merit",
        run=1,
        state="concluded",
        nominated=4,
        women=2,
        parties=2,
        chosen=2,
        quotas=[
            QuotaCounted("party", "JO", {"en": "Jordan", "ar": "الأردن"}, 0, 2, 2, 1),
            QuotaCounted("sex", "female", {}, 1, None, 2, 1),
            QuotaCounted("language", "fr", {}, 0, 1, 1, 0),
            QuotaCounted("first_time", "yes", {}, 1, None, 2, 1),
            QuotaCounted("rank_band", "senior", {}, 0, 2, 1, 1),
            QuotaCounted("unit", "cyber", {}, 0, 2, 1, 1),
        ],
        board=BoardListed(
            reviewers=[ReviewerListed(1, True, True), ReviewerListed(2, False, True)],
            criteria=[({"en": "Experience", "ar": "الخبرة"}, 2), ({"en": "Role"}, 1)],
            conflicts=[(2, "TN TN-001", "same_party")],
        ),
        nominees=[
            NomineeListed("JO JO-001", 1, (Decimal("4.33"), None, Decimal("4.3333")), True),
            NomineeListed(
                "TN TN-001", 1, (Decimal("2.00"), Decimal("3.00"), Decimal("2.5")), False
            ),
        ],
        overrides=[
            OverrideListed(
                number=1,
                leaves="TN TN-001",
                comes="JO JO-002",
                missed=[
                    QuotaMissed("sex", "female", {}, "minimum"),
                    QuotaMissed("party", "JO", {"en": "Jordan", "ar": "الأردن"}, "maximum"),
                ],
                reason="#strong[She] leads the unit; see $x$ and <b>.",
                by="3f2a91c4",
                at=at(14),
            )
        ],
        computed_at=at(13),
        proposed_by="3f2a91c4",
        approved_by="77b0c2aa",
        approved_at=at(15),
        concluded_at=at(16),
        draw=[],
        pool_digest=DIGEST,
    )


def text_of(minutes: Minutes) -> str:
    pages = PdfReader(BytesIO(minutes_pdf(minutes))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_minutes_say_what_was_decided_and_by_whom() -> None:
    text = text_of(the_minutes())

    for told in (
        "Minutes of the selection",
        "AMM-2018-01",
        "10 May 2018, 16:00 (Asia/Amman)",
        "Jordan",
        "Scores of the board, then ranks of the parties",
        "Language: French",
        "First-time participants",
        "Rank band: senior",
        "Unit: cyber",
        "Experience: 2",
        "of the same party",
        "4.3333",
        "Quotas missed Women (At least) Jordan (At most)",
        "#strong[She] leads the unit; see $x$ and <b>.",
        "77b0c2aa",
        DIGEST,
    ):
        assert told in text, told
    assert "not concluded" not in text


def test_what_is_not_concluded_says_so() -> None:
    text = text_of(replace(the_minutes(), state="proposed", concluded_at=None, approved_by=None))

    assert "This selection is not concluded" in text
    assert "Approved by" not in text


def test_a_draw_can_be_checked_by_what_the_minutes_say() -> None:
    draw = [("commitment", "a" * 64), ("published", "b" * 64), ("seed", "c" * 64)]
    draw.append(("contribution", "jordan-rolled-6612"))

    text = text_of(replace(the_minutes(), method="lottery", board=None, draw=draw))

    assert "Fair lottery" in text
    assert all(value in text for _, value in draw)


def test_a_selection_without_a_board_has_minutes_too() -> None:
    plain = replace(the_minutes(), board=None, overrides=[])
    nominees = [replace(one, scores=()) for one in plain.nominees]

    text = text_of(replace(plain, nominees=nominees))

    assert "Selection board" not in text
    assert "Ranks of the parties and merit" in text
    assert "Who was chosen" in text
    assert "Nothing of what was computed was changed." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    words = tomllib.loads((Path(papers.__file__).parent / "texts.toml").read_text("utf-8"))

    text = text_of(the_minutes(language))

    assert words[language].keys() == words["en"].keys()
    assert all(words[language].values())
    assert DIGEST in text


def test_arabic_is_tagged_as_arabic_and_set_in_a_font_of_ours() -> None:
    document = PdfReader(BytesIO(minutes_pdf(the_minutes("ar"))))

    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }

    assert document.trailer["/Root"]["/Lang"] == "ar"  # type: ignore[index]
    assert any("Amiri" in name for name in fonts)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert minutes_pdf(the_minutes()) == minutes_pdf(the_minutes())


def test_a_long_list_goes_over_pages_with_its_heading() -> None:
    many = [replace(the_minutes().nominees[0], reference=f"JO {number}") for number in range(200)]

    pages = PdfReader(BytesIO(minutes_pdf(replace(the_minutes(), nominees=many)))).pages

    assert len(pages) > 4
    assert "Outcome" in pages[3].extract_text()
