"""Every text of a page or file, and every refusal, stands in all four languages; nothing more."""

import pytest

from tests.shared.web.words import (
    SHARED,
    Place,
    places,
    titles_of_refusals,
    translations,
    variables,
    words_of_code,
    words_of_templates,
)

LANGUAGES = ("ar", "fr", "es")
FORMS = {"ar": 6, "fr": 2, "es": 2}
pytestmark = pytest.mark.gate


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_every_text_is_translated_with_the_same_variables(place: Place, language: str) -> None:
    own, common = translations(place.locale, language), translations(SHARED, language)
    wanted = words_of_templates(place) | words_of_code(place) | titles_of_refusals(place)

    missing, unlike = [], []
    for words in sorted(wanted, key=str):
        told = [form for form in own.get(words) or common.get(words) or [] if form]
        if len(told) != (FORMS[language] if isinstance(words, tuple) else 1):
            missing.append(words)
        plain = words[-1] if isinstance(words, tuple) else words
        unlike += [form for form in told if not variables(form) <= variables(plain)]
        if isinstance(words, str):
            unlike += [form for form in told if variables(form) != variables(plain)]

    assert missing == []
    assert unlike == []
    assert own.keys() - wanted == set()


def test_texts_of_every_place_are_found() -> None:
    found = {place.name: words_of_templates(place) for place in places()}

    assert "Skip to the content" in found["shared"]
    assert {"registration", "scheduling", "notifications", "reporting"} <= found.keys()
    assert all(found.values())


def test_refusals_of_every_place_are_found() -> None:
    (shared,) = (place for place in places() if place.name == "shared")

    assert {"There is no such thing", "Sign in first"} <= titles_of_refusals(shared)


def test_variables_are_told_from_percent_signs() -> None:
    assert variables("%(num)s of %(seats)s, 100 %% full") == {"num", "seats"}
