"""The words of the pages in a language, as the files of translations have them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


def said(english: str, language: str, service: str = "") -> str:
    """What pages say for an English sentence: any page, or those of one service."""
    if language == "en":
        return english
    return _words(language, f"services/{service}" if service else ".")[english]


@lru_cache(maxsize=16)
def _words(language: str, under: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for top in ("services", "shared") if under == "." else (under,):
        for file in sorted((ROOT / top).rglob(f"locale/{language}.po")):
            with file.open("rb") as lines:
                catalogue = read_po(lines, locale=language)
            known |= {str(one.id): str(one.string) for one in catalogue if one.id}
    return known
