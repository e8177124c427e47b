"""Words made comparable: without case, accents, harakat, tatweel, hamza seats and punctuation."""

import unicodedata
from functools import lru_cache

ALIKE = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": None})
LONGEST_WORD = 200


@lru_cache(maxsize=2_000)
def folded(text: str) -> str:
    """For looking words up, never for storing: "  Prénom_* " and "prenom" become the same.

    What is too long for a word of ours is nothing."""
    if len(text) > LONGEST_WORD:
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
    spaced = "".join(one if one.isalnum() else " " for one in kept.translate(ALIKE))
    return with_ascii_digits(" ".join(spaced.split()))


def with_ascii_digits(text: str) -> str:
    """Arabic-Indic, Persian and other decimal digits as 0 to 9; all else as it was."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def without_invisible(text: str) -> str:
    """Without format characters such as direction marks, which documents leave around numbers."""
    if text.isascii():
        return text
    return "".join(one for one in text if unicodedata.category(one) != "Cf")


def is_blank(text: str) -> bool:
    if not text:
        return True
    visible = text.strip()
    return not visible or not without_invisible(visible).strip()
