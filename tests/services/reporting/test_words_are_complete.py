"""Every word of the pages and files stands in Arabic, French and Spanish with its variables."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

SERVICE = Path(__file__).parents[3] / "services/reporting"
METHODS = [("pages/**.html", "jinja2.ext:babel_extract"), ("words.py", "python")]


@pytest.mark.gate
@pytest.mark.parametrize("language", ["ar", "es", "fr"])
def test_every_word_is_said_with_the_same_variables(language: str) -> None:
    spoken = {str(found[2]) for found in extract_from_dir(SERVICE, method_map=METHODS)}
    with (SERVICE / "pages/locale" / f"{language}.po").open("rb") as lines:
        said = {str(one.id): str(one.string) for one in read_po(lines) if one.id}

    missing, unused = spoken - said.keys(), said.keys() - spoken
    different = [word for word in spoken & said.keys() if variables(word) != variables(said[word])]

    assert spoken
    assert (missing, unused, different) == (set(), set(), [])
    assert all(said.values())


def variables(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))
