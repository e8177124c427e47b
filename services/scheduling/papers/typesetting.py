"""From the facts of a certificate to a tagged PDF: the same facts give the same bytes."""

from pathlib import Path
from typing import Any

from shared.papers.paper_language import in_language, paper_language, paper_locale
from shared.papers.printed import printed_date, printed_hours, printed_span
from shared.papers.typesetting import shown, typeset

from .certificate_paper import CertificatePaper

_TEMPLATE = Path(__file__).parent / "certificate.typ"
# Scripts the fonts of ours have, in the order of their weight on paper.
_SCRIPTS = ("Latn", "Arab", "Cyrl", "Grek")
_NAMES = 2


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """A4 landscape PDF."""
    return typeset(_TEMPLATE, _on_paper(paper), paper.issued_on)


def _on_paper(paper: CertificatePaper) -> dict[str, Any]:
    language = paper_language(paper.language)
    locale = paper_locale(language, paper.country)
    signatory = paper.signatory
    return {
        "language": language,
        "region": locale.territory if locale.territory and locale.territory.isalpha() else None,
        "holder": _names(paper, language),
        "activity": shown(in_language(paper.activity, language)),
        "reference": shown(paper.reference),
        "span": shown(printed_span(paper.first_day, paper.last_day, locale)),
        "place": shown(in_language(paper.place, language)),
        "hours": shown(printed_hours(paper.hours, locale)),
        "body": shown(in_language(paper.issuing_body, language)),
        "issued": shown(printed_date(paper.issued_on, locale)),
        "number": shown(paper.number),
        "check_url": shown(paper.check_url),
        "signatory": shown(signatory.name) if signatory else None,
        "role": shown(in_language(signatory.role, language)) if signatory else None,
        "specimen": paper.specimen,
        "date": [paper.issued_on.year, paper.issued_on.month, paper.issued_on.day],
    }


def _names(paper: CertificatePaper, language: str) -> list[dict[str, str]]:
    """The script of the paper first and one other below it; scripts of no font only alone."""
    known = {script: name for script, name in paper.holder.items() if name.strip()}
    order = ("Arab", *_SCRIPTS) if language == "ar" else _SCRIPTS
    scripts = [script for script in dict.fromkeys(order) if script in known] or [*known]
    return [shown(known[script]) for script in scripts[:_NAMES]]
