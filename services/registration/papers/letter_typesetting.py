"""From the facts of a letter of invitation to a tagged PDF, a page for each language."""

from pathlib import Path
from typing import Any

from babel import Locale

from shared.papers.paper_language import in_language, paper_language, paper_locale
from shared.papers.printed import printed_date, printed_span
from shared.papers.typesetting import shown, typeset

from .visa_letter import VisaLetterPaper

TEMPLATE = Path(__file__).parent / "visa_letter.typ"


def visa_letter_pdf(letter: VisaLetterPaper) -> bytes:
    """An A4 PDF; the same facts give the same bytes."""
    day = letter.issued_on
    paper = {
        "number": shown(letter.number),
        "date": [day.year, day.month, day.day],
        "specimen": letter.specimen,
        "pages": [_page(letter, paper_language(one)) for one in letter.languages],
    }
    return typeset(TEMPLATE, paper, day)


def _page(letter: VisaLetterPaper, language: str) -> dict[str, Any]:
    """One language; dates and digits as where the letter is shown: in the activity's country."""
    locale = paper_locale(language, letter.country)
    role = in_language(letter.role, language)
    return {
        "language": language,
        "body": shown(in_language(letter.issuing_body, language)),
        "reference": shown(letter.reference),
        "issued": shown(printed_date(letter.issued_on, locale)),
        "consulate": shown(letter.consulate),
        "officer": [
            ("name", [shown(name) for _, name in _names(letter, language)]),
            ("born", [shown(one) for one in _birth(letter, locale)]),
            ("passport", [shown(letter.passport_number)]),
            ("issued_by", [shown(_country(letter, letter.passport_country, locale))]),
            ("valid_until", [shown(printed_date(letter.passport_expires_on, locale))]),
            ("sent_by", [shown(in_language(letter.party, language))]),
        ],
        "activity": [
            ("title", [shown(in_language(letter.activity, language))]),
            ("dates", [shown(printed_span(letter.first_day, letter.last_day, locale))]),
            ("place", [shown(place) for place in _place(letter, language, locale)]),
        ],
        "costs": list(letter.costs.items()),
        "signatory": shown(letter.signatory) if letter.signatory else None,
        "role": shown(role) if role else None,
        "check_url": shown(letter.check_url),
    }


def _names(letter: VisaLetterPaper, language: str) -> list[tuple[str, str]]:
    """The script of the page first."""
    script = "Arab" if language == "ar" else "Latn"
    return sorted(letter.officer, key=lambda name: name[0] != script)


def _birth(letter: VisaLetterPaper, locale: Locale) -> list[str]:
    day = printed_date(letter.born_on, locale) if letter.born_on else ""
    return [one for one in (day, letter.birthplace) if one]


def _place(letter: VisaLetterPaper, language: str, locale: Locale) -> list[str]:
    """City and country, as far as they are known."""
    country = _country(letter, letter.country, locale) if letter.country else ""
    return [one for one in (in_language(letter.city, language), country) if one]


def _country(letter: VisaLetterPaper, code: str, locale: Locale) -> str:
    """As we name it, before any library does."""
    ours = in_language(letter.countries.get(code, {}), locale.language)
    return ours or str(locale.territories.get(code, code))
