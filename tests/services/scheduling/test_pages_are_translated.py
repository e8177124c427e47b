"""Every word of the pages and every refusal exists in the four languages, with its variables."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from services.scheduling import refusals
from shared.refusals import Refused

PAGES = Path(refusals.__file__).parent / "pages"
VARIABLE = re.compile(r"%\((\w+)\)s")


def _said() -> set[str]:
    """What templates and refusals say in English."""
    found = extract_from_dir(str(PAGES), [("**.html", "jinja2.ext:babel_extract")])
    words = {message for _, _, message, _, _ in found if isinstance(message, str)}
    titles = {
        one.title
        for one in vars(refusals).values()
        if isinstance(one, type) and issubclass(one, Refused) and one is not Refused
    }
    return words | titles


@pytest.mark.gate
@pytest.mark.parametrize("language", ["ar", "es", "fr"])
def test_every_word_is_translated_with_the_same_variables(language: str) -> None:
    with (PAGES / "locale" / f"{language}.po").open("rb") as lines:
        catalog = read_po(lines, locale=language)

    kept = {str(one.id): str(one.string) for one in catalog if one.id}
    said = _said()

    assert set(kept) == said
    assert all(kept.values())
    for english, translated in kept.items():
        assert sorted(VARIABLE.findall(english)) == sorted(VARIABLE.findall(translated)), english
