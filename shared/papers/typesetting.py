"""From facts to a tagged PDF: the same facts give the same bytes.

The machine's fonts are not used: Amiri comes from its package, Libertinus with typst."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import fontpkg_amiri
import typst

from .paper_language import direction

ROOT = Path(__file__).parents[2]
"""Where `/shared/papers/fitted.typ` is found from any template."""
_AMIRI = Path(fontpkg_amiri.__file__).parent / "files"
_NO_GLYPH = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def typeset(template: Path, paper: Mapping[str, Any], made_on: date) -> bytes:
    """A PDF. Facts travel as JSON (`sys.inputs.paper`), so no name is ever read as markup.

    Raises `typst.TypstError` only where the installation is broken.
    """
    return typst.compile(
        template,
        root=ROOT,
        font_paths=[_AMIRI],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(paper)},
        timestamp=datetime.combine(made_on, time(), UTC),
    )


def shown(text: str) -> dict[str, str]:
    """A text and its direction. Invisible controls, which could turn a line round, are not
    printed; line breaks become spaces."""
    visible = (" " if unicodedata.category(c) in _NO_GLYPH else c for c in text)
    words = "".join(c for c in visible if c not in _TURNING).split(" ")
    printed = " ".join(word for word in words if word)
    return {"text": printed, "dir": direction(printed)}
