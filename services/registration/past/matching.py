"""Whose participation a row is: by party and reference, else as a person decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from ..domain.alike import (
    SAME,
    NameIndex,
    Whose,
    Words,
    likeness,
    words_of,
)
from ..roster.folding import folded
from .rows import PastRow, is_absent

State = Literal["matched", "suggested", "unknown", "known", "absent", "faulty"]
STRANGE = 0.6
What = tuple[UUID, str, date | None]
"""Who took part in what, and when; None: whenever it was."""


@dataclass(frozen=True)
class KnownOfficer:
    """An officer as the party calls them; `names` are (given, family) by script."""

    person_id: UUID
    party: str
    reference: str | None
    names: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Suggestion:
    """An officer, or one of an earlier row, who may be meant."""

    likeness: float
    person_id: UUID | None = None
    row: int | None = None


@dataclass
class Matched:
    """A row and whose it is. `as_row` is an earlier row of the same reference, not known here."""

    row: PastRow
    state: State
    person_id: UUID | None = None
    as_row: int | None = None
    suggestions: Sequence[Suggestion] = ()


@dataclass
class Matching:
    """Finds the officers of rows among those known, and among the rows before."""

    officers: Iterable[KnownOfficer]
    recorded: set[What] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_reference: dict[tuple[str, str], list[KnownOfficer]] = {}
        self._known: dict[tuple[str, str], NameIndex[UUID]] = {}
        self._rows: dict[tuple[str, str], NameIndex[int]] = {}
        self._new: dict[tuple[str, str], int] = {}
        for one in self.officers:
            if one.reference:
                key = (one.party, folded(one.reference))
                self._by_reference.setdefault(key, []).append(one)
            for script, pair in one.names.items():
                index = self._known.setdefault((one.party, script), NameIndex(()))
                index.add(one.person_id, words_in(pair))

    def match(self, row: PastRow) -> Matched:
        """Whose row it is, as far as that can be said without a person."""
        if is_absent(row):
            return Matched(row, "absent")
        if row.problems or row.party is None:
            return Matched(row, "faulty")
        found = self._called(row.party, row.officer_reference or "")
        if found and not _is_strange(row, found):
            return self._of(row, found.person_id)
        if found:
            other = Suggestion(round(_how_alike(row, found), 2), found.person_id)
            return Matched(row, "suggested", suggestions=[other])
        return self._by_name(row, row.party)

    def _called(self, party: str, reference: str) -> KnownOfficer | None:
        """Whom the party calls so, however it is spelled; nobody where that may be two."""
        alike = self._by_reference.get((party, folded(reference)), [])
        exact = [one for one in alike if one.reference == reference]
        return (exact or alike)[0] if len(exact or alike) == 1 else None

    def _of(self, row: PastRow, person_id: UUID) -> Matched:
        known = recorded_as(row, person_id)
        if self.recorded & {known, (known[0], known[1], None)}:
            return Matched(row, "known", person_id)
        self.recorded.add(known)
        return Matched(row, "matched", person_id)

    def _by_name(self, row: PastRow, party: str) -> Matched:
        reference = folded(row.officer_reference or "")
        before = self._new.get((party, reference)) if reference else None
        if before is not None:
            return Matched(row, "unknown", as_row=before)
        told = [Suggestion(score, one) for one, score in _alike(self._known, row, party).items()]
        if reference:
            self._new[party, reference] = row.row
        else:
            alike = _alike(self._rows, row, party)
            told += [Suggestion(score, row=one) for one, score in alike.items()]
        for script, pair in row.names.items():
            self._rows.setdefault((party, script), NameIndex(())).add(row.row, words_in(pair))
        state: State = "suggested" if told else "unknown"
        return Matched(row, state, suggestions=sorted(told, key=lambda one: -one.likeness))


def is_plain(suggestions: Sequence[Suggestion]) -> bool:
    """Whether there is only one to suggest, of the very same name."""
    return len(suggestions) == 1 and suggestions[0].likeness == SAME


def recorded_as(row: PastRow, person_id: UUID) -> What:
    """By what a participation is known again."""
    return person_id, row.code or folded(row.title or ""), row.held_on


def words_in(names: tuple[str, str]) -> Words:
    """The words of a given and a family name."""
    return words_of(folded(" ".join(names)))


def _is_strange(row: PastRow, known: KnownOfficer) -> bool:
    """Whether the party calls so somebody of quite another name."""
    return bool(row.names.keys() & known.names.keys()) and _how_alike(row, known) < STRANGE


def _how_alike(row: PastRow, known: KnownOfficer) -> float:
    shared = row.names.keys() & known.names.keys()
    return max(
        (likeness(words_in(row.names[one]), words_in(known.names[one])) for one in shared),
        default=0,
    )


def _alike(
    indexes: Mapping[tuple[str, str], NameIndex[Whose]], row: PastRow, party: str
) -> dict[Whose, float]:
    """Who of the party is written alike, in a script that the row is written in too."""
    found: dict[Whose, float] = {}
    for script, names in row.names.items():
        index = indexes.get((party, script))
        for whose, score in (index.alike([words_in(names)]) if index else {}).items():
            found[whose] = max(found.get(whose, 0), round(score, 2))
    return found
