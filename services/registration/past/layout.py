"""How the columns of a file are read: guessed, changed by a person, remembered for its like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from ..roster.folding import folded
from ..roster.rows import Fault
from ..roster.written_days import Evidence, Order, evidence_of
from .fields import DATES, Field
from .guessing import Because

NO_OFFICERS = Fault(
    "officers-not-told", "No column says who it was: a reference, or given and family names."
)
NO_COURSES = Fault(
    "course-not-told", "No column says what it was: a code or a title. Or give one for all rows."
)
NO_DAYS = Fault("day-not-told", "No column says when it was. Or give one day for all rows.")
NO_PARTIES = Fault(
    "party-not-told", "No column says of which party the officers are. Or give one for all rows."
)
NO_OUTCOMES = Fault(
    "outcome-not-told", "No column says what came of it. Or give one outcome for all rows."
)
ORDER_NEEDED = Fault(
    "date-order-needed",
    "Dates such as 03/04/2018 can be read two ways, and no other date of the column tells which: "
    "say day-first or month-first.",
)
ORDER_CONTRADICTED = Fault(
    "date-order-needed",
    "Some dates of the column have the day first and some the month: say how those that can be "
    "read two ways are meant.",
)
WHO = (
    *({"officer_reference"}, {"given_name", "family_name"}, {"full_name"}),
    *({"given_name_ar", "family_name_ar"}, {"full_name_ar"}),
)


@dataclass(frozen=True)
class Layout:
    """`columns[n]` is what column n holds, `because[n]` says why; `orders` is how a person says
    that dates are written, `defaults` what holds for all rows where a cell says nothing."""

    columns: tuple[Field | None, ...]
    because: tuple[Because, ...]
    orders: Mapping[str, Order] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, wanted: Field) -> int | None:
        return self.columns.index(wanted) if wanted in self.columns else None

    def to_json(self) -> dict[str, Any]:
        return {
            "columns": list(self.columns),
            "because": list(self.because),
            "orders": dict(self.orders),
            "defaults": dict(self.defaults),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Layout":
        return cls(tuple(kept["columns"]), tuple(kept["because"]), kept["orders"], kept["defaults"])


@dataclass(frozen=True)
class Question:
    """What a person has to say before the rows can be read; `column` from 1, or none."""

    column: int | None
    fault: Fault


def with_party(layout: Layout, scope: str) -> Layout:
    """Where a file is of one party, its rows need not say which."""
    if not scope or "party" in layout.columns:
        return layout
    return replace(layout, defaults={**layout.defaults, "party": scope})


def digest_of(headings: Sequence[str]) -> str:
    """SHA-256 of the headings, however they are spelled: files alike have the same."""
    return sha256("\0".join(map(folded, headings)).encode()).hexdigest()


def evidence_in(layout: Layout, columns: Sequence[Sequence[str]]) -> Mapping[Field, Evidence]:
    """What each column of dates says of its order."""
    places = {one: layout.place_of(one) for one in DATES}
    return {one: evidence_of(columns[at]) for one, at in places.items() if at is not None}


def orders_of(layout: Layout, evidence: Mapping[Field, Evidence]) -> Mapping[Field, Order | None]:
    """How each column of dates is read: by its own evidence, else as a person said."""
    return {one: found.order or layout.orders.get(one) for one, found in evidence.items()}


def questions_about(layout: Layout, evidence: Mapping[Field, Evidence]) -> list[Question]:
    """What is missing or unclear."""
    there = {*filter(None, layout.columns), *layout.defaults}
    missing = [
        (any(there >= names for names in WHO), NO_OFFICERS),
        (bool(there & {"code", "title"}), NO_COURSES),
        (bool(there & {"held_on", "from_on"}), NO_DAYS),
        ("party" in there, NO_PARTIES),
        ("outcome" in there, NO_OUTCOMES),
    ]
    asked = [Question(None, fault) for told, fault in missing if not told]
    for one, found in evidence.items():
        if found.either and not (found.order or layout.orders.get(one)):
            clash = found.day_first and found.month_first
            place = layout.columns.index(one) + 1
            asked.append(Question(place, ORDER_CONTRADICTED if clash else ORDER_NEEDED))
    return asked
