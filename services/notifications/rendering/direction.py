"""Which way text runs, and keeping what is put into a sentence from turning it around.

A link is no part of a sentence: it stands on a line of its own, which is a bidirectional paragraph
of its own. Isolating marks beside it would be taken for a part of the address by many phones.
"""

import unicodedata
from typing import Final, Literal

from markupsafe import Markup, escape

Direction = Literal["ltr", "rtl"]

_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_DIRECTIONAL_ISOLATE: Final = "\u2069"
_CONTROLS: Final = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)))


def direction_of(language: str) -> Direction:
    """Direction of the languages we write."""
    return "rtl" if language == "ar" else "ltr"


def isolate_in_text(inserted: str, direction: Direction) -> str:
    """Wrap in FSI and PDI (Unicode UAX 9) where the inserted text could meet the other direction.

    A left-to-right value in a left-to-right sentence stays bare: the marks would cost an SMS
    its 7-bit alphabet.
    """
    bare = inserted.translate(_CONTROLS)
    if direction == "ltr" and not _runs_right_to_left(bare):
        return bare
    return f"{_FIRST_STRONG_ISOLATE}{bare}{_POP_DIRECTIONAL_ISOLATE}"


def isolate_in_html(inserted: str) -> Markup:
    """Wrap in <bdi>."""
    return Markup("<bdi>{}</bdi>").format(escape(inserted.translate(_CONTROLS)))


def _runs_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)
