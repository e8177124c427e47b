"""Which of our four languages a paper is in, and the locale its dates and digits follow."""

import unicodedata
from collections.abc import Mapping

from babel import Locale, localedata

PAPER_LANGUAGES = ("ar", "en", "fr", "es")
_WITHOUT_COUNTRY = {"ar": "ar", "en": "en_001", "fr": "fr", "es": "es"}


def paper_language(preferred: str | None) -> str:
    """The officer's language where papers exist in it (`ar-JO` is Arabic), else English."""
    language = (preferred or "").replace("_", "-").partition("-")[0].lower()
    return language if language in PAPER_LANGUAGES else "en"


def paper_locale(language: str, country: str | None) -> Locale:
    """The locale of the language in that country, where CLDR knows one."""
    wanted = f"{language}_{(country or '').upper()}"
    known = country is not None and localedata.exists(wanted)
    return Locale.parse(wanted if known else _WITHOUT_COUNTRY[language])


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, else in English, else in the first there is; "" for none."""
    for wanted in (language, "en"):
        for tag, text in texts.items():
            if tag.replace("_", "-").partition("-")[0].lower() == wanted and text.strip():
                return text
    return next((text for text in texts.values() if text.strip()), "")


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first strong character, as Unicode's P2 and P3 have it."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((s for s in strong if s in ("L", "R", "AL")), "L") != "L" else "ltr"
