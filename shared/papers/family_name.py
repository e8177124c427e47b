"""Comparing family names for the public check of papers; for matching only, never shown."""

import unicodedata
from collections.abc import Iterable

NOBODY = ("nobody has this name",)
"""On record of a paper that there is not: to compare with it takes the same way."""
_LONGEST_TYPED = 300
# Letters that Unicode does not take apart, and letters that Arabic script writes either way.
_SAME = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ٱ": "ا",  # alef wasla; the other alefs lose their hamza as a combining mark
        "ء": "",  # a hamza of its own
        "ة": "ه",  # teh marbuta
        "ى": "ي",  # alef maksura
        "ی": "ي",  # Persian yeh
        "ک": "ك",  # Persian kaf
    }
)


def same_family_name(typed: str, on_record: Iterable[str]) -> bool:
    """Whether what was typed is the family name in one of the scripts on record."""
    key = _key(typed)
    return key != "" and any(key == _key(name) for name in on_record)


def _key(name: str) -> str:
    """Letters and digits alone: no case, diacritics, harakat, tatweel, hyphens, apostrophes."""
    if len(name) > _LONGEST_TYPED:
        return ""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(filter(_counts, apart)).translate(_SAME)


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    letter_or_digit = category[0] in "LNM" and category != "Lm"
    return letter_or_digit and not unicodedata.combining(character)
