"""How much alike two names are written. It only suggests: a person decides whether it is one.

Spellings of one name differ: Mohamed and Muhammad, Haddad and Hadad. So words are compared as they
are written, then by their consonants, then letter by letter, and in any order."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

Whose = TypeVar("Whose")
Words = frozenset[str]
ARTICLES = frozenset({"al", "el", "ال", "mr", "mrs", "ms", "dr", "mme", "capt", "lt", "col", "maj"})
ALIKE = (("ph", "f"), ("kh", "k"), ("ck", "k"), ("q", "k"), ("dj", "j"), ("ou", "u"), ("gh", "g"))
SUGGESTED = 0.7
SAME, SOUNDS_THE_SAME, PART_OF, LETTER_BY_LETTER = 1.0, 0.9, 0.8, 0.9
MOST_SHARED = 60
MOST_SUGGESTED = 5


def words_of(folded: str) -> Words:
    """The words of a name that was folded, without articles and titles."""
    words = folded.split()
    bare = [one[2:] if one.startswith("ال") and len(one) > 4 else one for one in words]
    return frozenset(one for one in bare if one not in ARTICLES) or frozenset(words)


@lru_cache(maxsize=20_000)
def consonants(word: str) -> str:
    """What is left of a word in Latin letters when vowels and doubled letters do not count."""
    if not word.isascii():
        return word
    for written, meant in ALIKE:
        word = word.replace(written, meant)
    first, rest = word[:1], re.sub("[aeiouyw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", ("a" if first in "aeiou" else first) + rest)


def likeness(one: Words, other: Words) -> float:
    """From 0 to 1; nothing is certain, even at 1: namesakes are two persons. What is not alike
    enough to be suggested may be 0."""
    if not one or not other:
        return 0
    if one == other:
        return SAME
    sounds, others = _sounds(one), _sounds(other)
    if sounds == others:
        return SOUNDS_THE_SAME
    shorter = min(len(one), len(other))
    if shorter > 1 and (sounds <= others or others <= sounds):
        return PART_OF
    letters = SequenceMatcher(None, _line(one), _line(other))
    is_far = LETTER_BY_LETTER * letters.quick_ratio() < SUGGESTED
    return 0 if is_far else LETTER_BY_LETTER * letters.ratio()


class NameIndex(Generic[Whose]):
    """Finds who is written alike, among very many."""

    def __init__(self, known: Iterable[tuple[Whose, Words]]) -> None:
        self._names: dict[Whose, list[Words]] = {}
        self._by_sound: dict[str, set[Whose]] = {}
        for whose, words in known:
            self.add(whose, words)

    def add(self, whose: Whose, words: Words) -> None:
        self._names.setdefault(whose, []).append(words)
        for sound in _sounds(words):
            self._by_sound.setdefault(sound, set()).add(whose)

    def alike(self, names: Collection[Words]) -> Mapping[Whose, float]:
        """Who may be meant, the likest first, a few at most."""
        found: dict[Whose, float] = {}
        for words in names:
            for whose in self._near(words):
                best = max(likeness(words, other) for other in self._names[whose])
                found[whose] = max(found.get(whose, 0), best)
        good = [(score, whose) for whose, score in found.items() if score >= SUGGESTED]
        good.sort(key=lambda one: -one[0])
        return {whose: score for score, whose in good[:MOST_SUGGESTED]}

    def _near(self, words: Words) -> Collection[Whose]:
        """Who shares two sounds, or one that few have: all who may be alike enough."""
        sets = sorted((self._by_sound.get(one, set()) for one in _sounds(words)), key=len)
        rare = {whose for one in sets if len(one) <= MOST_SHARED for whose in one}
        shared: Counter[Whose] = Counter()
        for at, one in enumerate(sets[:-1]):
            for other in sets[at + 1 :]:
                shared.update(one & other)
        return rare | shared.keys()


def _sounds(words: Words) -> Words:
    return frozenset(map(consonants, words))


def _line(words: Words) -> str:
    return " ".join(sorted(words))
