"""What reading a roster gives: officers, and problems that never echo a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class RosterRow:
    """One officer. `row` is the number the spreadsheet shows; names stand as they were decoded.

    `phone` is E.164; `phone_as_written` is what stood in the cell. Specialisms, languages
    and `serving_since` say nothing where the file has no such column."""

    row: int
    officer_reference: str
    given_name: str
    family_name: str
    given_name_ar: str | None
    family_name_ar: str | None
    sex: str
    unit: str
    unit_name: str | None
    rank_title: str | None
    rank_band: str | None
    email: str | None
    phone: str | None
    phone_as_written: str | None
    language: str
    sms: bool
    priority: int
    party: str | None = None
    specialisms: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    serving_since: date | None = None
    says_since: bool = False
    declaration: str | None = None
    declared_on: date | None = None


DAYS = ("serving_since", "declared_on")


def as_document(row: RosterRow) -> dict[str, Any]:
    """An officer as JSON."""
    days = {name: getattr(row, name) for name in DAYS}
    return {**vars(row), **{name: day and day.isoformat() for name, day in days.items()}}


def from_document(document: Mapping[str, Any]) -> RosterRow:
    """The officer as it was before."""
    days = {name: document.get(name) for name in DAYS}
    several = {
        name: tuple(document[name]) if document[name] is not None else None
        for name in ("specialisms", "languages")
    }
    read = {name: day and date.fromisoformat(day) for name, day in days.items()}
    return RosterRow(**{**document, **several, **read})


@dataclass(frozen=True)
class RowProblem:
    """`row` 0 means the file as a whole; `column` is the canonical name, None for the whole row.

    `letter` is what the spreadsheet calls the column, where it is known."""

    row: int
    column: str | None
    code: str
    message: str
    letter: str | None = None


@dataclass(frozen=True)
class Roster:
    """`rows` are those without a problem; take none of them while there are `problems`.

    `encoding` is xlsx for a workbook, which has no delimiter; both are empty where the file could
    not be read."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RowProblem, ...]
    encoding: str
    delimiter: str
    letters: Mapping[str, str] = field(default_factory=dict)
    """What the spreadsheet calls each column."""


@dataclass(frozen=True)
class Fault:
    """Why a cell or a record cannot be taken; its place is added where it is known."""

    code: str
    message: str

    def at(self, row: int, column: str | None = None, letter: str | None = None) -> RowProblem:
        return RowProblem(row, column, self.code, self.message, letter)
