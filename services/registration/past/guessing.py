"""Which column holds what: by its heading, by one much like it, or else by the look of its cells.

A guess is shown with its reason and confirmed by a person; two columns never get one meaning."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ..roster.folding import folded, is_blank
from ..roster.rows import Fault
from ..roster.words import SEX, by_word
from ..roster.written_days import read_date
from .fields import FIELD_OF, UNREAD, Field
from .outcomes import outcome_in

Because = Literal["heading", "heading-alike", "cells", "remembered", "chosen", "none"]
SAMPLE = 200
ALIKE = 0.84
REFERENCE = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[^\W_][\w./-]{2,40}")
SEX_OF = by_word(SEX)


@dataclass(frozen=True)
class Guess:
    """What a column is taken for, and why; None: it is not read."""

    field: Field | None
    because: Because


@dataclass(frozen=True)
class _Candidate:
    score: float
    place: int
    field: Field
    because: Because


def guess(
    headings: Sequence[str], columns: Sequence[Sequence[str]], parties: Mapping[str, str]
) -> list[Guess]:
    """One guess for each column, from its heading and its cells (`parties`: codes by folded name).

    What is surer is decided first, so that a heading comes before what cells look like."""
    found: list[_Candidate] = []
    for place, heading in enumerate(headings):
        word = folded(heading)
        if word in UNREAD:
            continue
        sample = [one for one in columns[place] if not is_blank(one)][:SAMPLE]
        headed = _by_heading(word)
        found += [_Candidate(score, place, field, because) for score, field, because in headed]
        looks = _look(sample, parties)
        found += [_Candidate(score, place, field, "cells") for score, field in looks]
    guesses = [Guess(None, "none")] * len(headings)
    taken: set[Field] = set()
    for one in sorted(found, key=lambda one: (-one.score, one.place)):
        if guesses[one.place].field is None and one.field not in taken:
            guesses[one.place] = Guess(one.field, one.because)
            taken.add(one.field)
    return guesses


def recognised(headings: Sequence[str]) -> int:
    """How many of these are headings that we know."""
    return sum(folded(one) in FIELD_OF or folded(one) in UNREAD for one in headings)


def _by_heading(word: str) -> list[tuple[float, Field, Because]]:
    """What a heading may stand for: itself surely, one that is spelled alike, one within it."""
    if not word:
        return []
    if word in FIELD_OF:
        return [(10.0, FIELD_OF[word], "heading")]
    found: dict[Field, float] = {}
    for alias, field in FIELD_OF.items():
        found[field] = max(found.get(field, 0), _likeness(word, alias))
    return [(score, field, "heading-alike") for field, score in found.items() if score]


def _likeness(word: str, alias: str) -> float:
    """From 6 on: the same words in another order, or misspelled; from 5 on: one in the other."""
    if sorted(word.split()) == sorted(alias.split()):
        return 7
    spelled = SequenceMatcher(None, word, alias)
    if spelled.real_quick_ratio() >= ALIKE and spelled.ratio() >= ALIKE:
        return 6 + spelled.ratio()
    return 5 + len(alias) / 100 if len(alias) > 3 and f" {alias} " in f" {word} " else 0


def _look(cells: Sequence[str], parties: Mapping[str, str]) -> list[tuple[float, Field]]:
    """What cells look like: dates, sexes, countries, outcomes, references."""
    if len(cells) < 2:
        return []
    reference: Field = "officer_reference" if 2 * len(set(cells)) > len(cells) else "code"
    looks: list[tuple[float, Field, Callable[[str], bool]]] = [
        (4.4, "sex", lambda one: folded(one) in SEX_OF),
        (4.3, "party", lambda one: folded(one) in parties),
        (4.2, "outcome", lambda one: not isinstance(outcome_in(one), Fault)),
        (4.1, "held_on", lambda one: not isinstance(read_date(one), Fault)),
        (4.0, reference, _is_reference),
    ]
    return [(score, field) for score, field, fits in looks if _most(cells, fits)]


def _is_reference(cell: str) -> bool:
    return REFERENCE.fullmatch(cell.strip()) is not None


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) >= 0.8 * len(cells)
