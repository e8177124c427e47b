"""The paper certificate: right in four languages, whatever people are called."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.scheduling import papers
from services.scheduling.papers import (
    PAPER_LANGUAGES,
    CertificatePaper,
    Signatory,
    certificate_pdf,
)

NUMBER = "K7QM-2X9R-HT4C-V8WN"
TITLES = {
    "ar": "مكافحة الاتجار بالبشر",
    "en": "Combating human trafficking",
    "es": "Lucha contra la trata de personas",
    "fr": "Lutte contre la traite des êtres humains",
}


def a_paper(language: str = "en", country: str | None = None) -> CertificatePaper:
    return CertificatePaper(
        language=language,
        country=country,
        holder={"Latn": "Layla Al-Masri", "Arab": "ليلى المصري"},
        activity=TITLES,
        reference="AMM-2018-01",
        first_day=date(2018, 6, 24),
        last_day=date(2018, 6, 28),
        place={"en": "Amman, Jordan", "ar": "عمّان، الأردن"},
        hours=Decimal(30),
        issuing_body={"en": "A made-up office", "ar": "مكتب مختلق"},
        issued_on=date(2018, 7, 2),
        number=NUMBER,
        check_url="https://training.example.org/check",
    )


def named(*names: str) -> CertificatePaper:
    return replace(a_paper(), holder=dict(zip(("Latn", "Arab"), names, strict=False)))


def opened(paper: CertificatePaper) -> PdfReader:
    return PdfReader(BytesIO(certificate_pdf(paper)))


def text_of(paper: CertificatePaper) -> str:
    """All text of the only page, in one line."""
    pages = opened(paper).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def fonts_of(paper: CertificatePaper) -> set[str]:
    embedded: set[str] = set()
    page: Any = opened(paper).pages[0]
    for font in page["/Resources"]["/Font"].values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        embedded.add(descriptor["/FontName"].partition("+")[2].partition("-")[0])
    return embedded


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_every_language_shows_the_name_and_the_number(language: str) -> None:
    paper = a_paper(language)

    text = text_of(paper)

    assert "Layla Al-Masri" in text
    assert NUMBER in text
    assert "AMM-2018-01" in text
    assert "https://training.example.org/check" in text
    assert "SPECIMEN" not in text


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ["Certificate of completion", TITLES["en"], "24–28 June 2018", "30 hours"]),
        ("fr", ["Certificat de fin de formation", TITLES["fr"], "24–28 juin 2018", "30 heures"]),
        ("es", ["Certificado de finalización", TITLES["es"], "24–28 de junio de 2018", "30 horas"]),
    ],
)
def test_facts_stand_in_the_language_of_the_paper(language: str, facts: list[str]) -> None:
    paper = a_paper(language)

    text = text_of(paper)

    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_the_document_says_what_it_is_to_a_screen_reader(language: str) -> None:
    paper = a_paper(language)

    document = opened(paper)

    catalogue: Any = document.root_object
    assert catalogue["/Lang"].partition("-")[0] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/Direction"] == ("/R2L" if language == "ar" else "/L2R")
    assert document.metadata is not None
    assert NUMBER in (document.metadata.title or "")
    assert document.metadata.author in ("A made-up office", "مكتب مختلق")


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_fonts_are_ours_and_embedded(language: str) -> None:
    paper = a_paper(language)

    fonts = fonts_of(paper)

    assert fonts == {"Amiri", "LibertinusSerif"}


def test_the_same_facts_give_the_same_bytes_and_other_facts_do_not() -> None:
    paper = a_paper("ar", "JO")

    first, second = certificate_pdf(paper), certificate_pdf(replace(paper))
    another = certificate_pdf(replace(paper, number="2222-2222-2222-2222"))

    assert first == second
    assert first != another
    written = opened(paper).metadata
    assert written is not None
    assert written.creation_date == datetime(2018, 7, 2, tzinfo=UTC)


HOSTILE = [
    '#import "evil.typ": x',
    "#panic() #sys.inputs",
    "$x$ *bold* _it_ `raw` <label> @ref",
    "// comment /* \\ \\u{202e} -- ~ ... ''",
    "= Heading [content] {code}",
    "{{name}} %s ${x} <b>&amp;</b>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    paper = replace(named(name), activity={"en": name}, place={"en": name})

    text = text_of(paper)

    assert text.count(" ".join(name.split())) >= 1
    assert NUMBER in text


@pytest.mark.parametrize(
    "name", ["Ali \u202eisaN", "\u2066Ali\u2069\u2069 isaN", "Ali\u200f\nisaN", "Ali\x00\ud800isaN"]
)
def test_no_invisible_character_turns_the_line_round(name: str) -> None:
    paper = named(name)

    text = text_of(paper)

    assert "Ali isaN" in text


@pytest.mark.parametrize(
    "paper",
    [
        named("W" * 120, "محمد" * 30),
        named("Abdurrahman " * 20, "عبد الرحمن " * 20),
        replace(a_paper(), issuing_body={"en": "Office " * 60}, activity={"en": "Title " * 80}),
        replace(a_paper("ar"), place={"ar": "عمّان " * 60}, check_url="https://x.org/" + "y" * 300),
        replace(a_paper(), signatory=Signatory("Salma " * 30, {"en": "Head of Training " * 20})),
        replace(a_paper(), place={}, reference="", holder={"Jpan": "山田"}),
    ],
)
def test_however_long_it_gets_it_stays_on_one_page(paper: CertificatePaper) -> None:
    pages = opened(paper).pages

    size = pages[0].mediabox

    assert len(pages) == 1
    assert (round(size.width), round(size.height)) == (842, 595)


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_a_specimen_says_so_across_the_page(language: str) -> None:
    paper = replace(a_paper(language), specimen=True)

    text = text_of(paper)

    assert "SPECIMEN" in text


@pytest.mark.parametrize(("country", "year"), [("JO", "٢٠١٨"), ("MA", "2018")])
def test_digits_are_those_of_the_officers_country(country: str, year: str) -> None:
    paper = a_paper("ar", country)

    text = text_of(paper)

    assert year in text or year[::-1] in text


def test_the_texts_are_complete_in_four_languages() -> None:
    file = Path(papers.__file__).parent / "texts.toml"

    texts = tomllib.loads(file.read_text(encoding="utf-8"))

    assert set(texts) == set(PAPER_LANGUAGES)
    assert len({frozenset(words) for words in texts.values()}) == 1
    assert all(word.strip() for words in texts.values() for word in words.values())


@pytest.mark.parametrize("holder", [{}, {"Latn": " "}])
def test_a_certificate_without_a_holder_is_refused(holder: dict[str, str]) -> None:
    paper = a_paper()

    with pytest.raises(ValueError, match="names its holder"):
        replace(paper, holder=holder)


def test_a_certificate_of_days_in_wrong_order_is_refused() -> None:
    paper = a_paper()

    with pytest.raises(ValueError, match="before it begins"):
        replace(paper, last_day=date(2018, 6, 23))
