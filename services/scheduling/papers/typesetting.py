"""From the facts of a certificate to a tagged PDF: the same facts give the same bytes."""

import json
import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import fontpkg_amiri
import typst

from .certificate_paper import CertificatePaper
from .paper_language import direction, in_language, paper_language, paper_locale
from .printed import printed_date, printed_hours, printed_span

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_AMIRI = Path(fontpkg_amiri.__file__).parent / "files"
# Scripts the fonts of ours have, in the order of their weight on paper.
_SCRIPTS = ("Latn", "Arab", "Cyrl", "Grek")
_NAMES = 2
_NO_GLYPH = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """A4 landscape PDF. Facts travel as JSON, so no name is ever read as markup.

    The machine's fonts are not used: Amiri comes from its package, Libertinus with typst.
    Raises `typst.TypstError` only where the installation is broken.
    """
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=[_AMIRI],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(_on_paper(paper))},
        timestamp=datetime.combine(paper.issued_on, time(), UTC),
    )


def _on_paper(paper: CertificatePaper) -> dict[str, Any]:
    language = paper_language(paper.language)
    locale = paper_locale(language, paper.country)
    signatory = paper.signatory
    return {
        "language": language,
        "region": locale.territory if locale.territory and locale.territory.isalpha() else None,
        "holder": _names(paper, language),
        "activity": _shown(in_language(paper.activity, language)),
        "reference": _shown(paper.reference),
        "span": _shown(printed_span(paper.first_day, paper.last_day, locale)),
        "place": _shown(in_language(paper.place, language)),
        "hours": _shown(printed_hours(paper.hours, locale)),
        "body": _shown(in_language(paper.issuing_body, language)),
        "issued": _shown(printed_date(paper.issued_on, locale)),
        "number": _shown(paper.number),
        "check_url": _shown(paper.check_url),
        "signatory": _shown(signatory.name) if signatory else None,
        "role": _shown(in_language(signatory.role, language)) if signatory else None,
        "specimen": paper.specimen,
        "date": [paper.issued_on.year, paper.issued_on.month, paper.issued_on.day],
    }


def _names(paper: CertificatePaper, language: str) -> list[dict[str, str]]:
    """The script of the paper first and one other below it; scripts of no font only alone."""
    known = {script: name for script, name in paper.holder.items() if name.strip()}
    order = ("Arab", *_SCRIPTS) if language == "ar" else _SCRIPTS
    scripts = [script for script in dict.fromkeys(order) if script in known] or [*known]
    return [_shown(known[script]) for script in scripts[:_NAMES]]


def _shown(text: str) -> dict[str, str]:
    """A text and its direction. Invisible controls, which could turn a line round, are not
    printed; line breaks become spaces."""
    visible = (" " if unicodedata.category(c) in _NO_GLYPH else c for c in text)
    words = "".join(c for c in visible if c not in _TURNING).split(" ")
    printed = " ".join(word for word in words if word)
    return {"text": printed, "dir": direction(printed)}
