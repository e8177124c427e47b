"""One row of a file as a past participation: every cell read by its rule, every fault named."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..roster.figures import one_of
from ..roster.folding import folded, is_blank
from ..roster.records import Record
from ..roster.rows import Fault, RowProblem
from ..roster.texts import free_text, reference
from ..roster.words import SEX, by_word
from ..roster.workbook.cells import DATE
from ..roster.written_days import NOT_A_DATE, Order, read_date
from .fields import DATES, Field
from .layout import Layout
from .outcomes import ABSENT, outcome_in

MISSING = Fault("value-missing", "This cell must not be empty, or a value be given for all rows.")
NAME_MISSING = Fault("name-incomplete", "A given and a family name are needed, or a reference.")
PARTY_UNKNOWN = Fault("party-not-yours", "This is not a party that you may import for.")
NOT_A_CODE = Fault(
    "code-not-usable",
    "A code has at most 60 letters, figures and - . / _ and no spaces: is it a title?",
)
UNDECIDED = Fault(
    "date-order-needed", "Can be read two ways; say how the dates of the column are written."
)
FUTURE = Fault("date-in-future", "This day has not been yet.")
CODE = re.compile(r"[^\W_][\w./-]{0,59}")
sex_in = one_of(by_word(SEX), Fault("sex-unknown", "Use female, male or not stated."))


@dataclass
class PastRow:
    """One row; `outcome` is "absent" for who never came. Take none of it while `problems` stand."""

    row: int
    party: str | None = None
    officer_reference: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    given_name_ar: str | None = None
    family_name_ar: str | None = None
    sex: str | None = None
    code: str | None = None
    title: str | None = None
    topic: str | None = None
    held_on: date | None = None
    outcome: str | None = None
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def names(self) -> dict[str, tuple[str, str]]:
        """(given, family) by script."""
        pairs = {
            "Latn": (self.given_name, self.family_name),
            "Arab": (self.given_name_ar, self.family_name_ar),
        }
        return {
            script: (given or "", family or "")
            for script, (given, family) in pairs.items()
            if given or family
        }


class Reader:
    """Reads rows as a layout says. `parties` are the codes by folded word that the file may name;
    `orders` say how columns of dates are written."""

    def __init__(
        self,
        layout: Layout,
        orders: Mapping[Field, Order | None],
        parties: Mapping[str, str],
        today: date,
    ) -> None:
        self._layout, self._orders, self._today = layout, orders, today
        self._party = one_of(parties, PARTY_UNKNOWN)

    def read(self, record: Record) -> PastRow:
        """The row, with all that is wrong with it."""
        found = PastRow(record.row)
        if record.fault:
            found.problems.append(record.fault.at(record.row))
            return found
        for name, rule in RULES.items():
            setattr(found, name, self._cell(found, record, name, rule))
        found.party = self._cell(found, record, "party", self._party)
        self._read_names(found, record)
        found.held_on = self._day(found, record)
        self._require(found)
        return found

    def _cell(
        self, found: PastRow, record: Record, name: Field, rule: Callable[[str], str | Fault]
    ) -> str | None:
        text = self._text(record, name)
        if is_blank(text):
            return None
        value = self._fault(record, name) or rule(text)
        if isinstance(value, Fault):
            found.problems.append(value.at(record.row, name))
            return None
        return value

    def _text(self, record: Record, name: Field) -> str:
        place = self._layout.place_of(name)
        cell = record.cells[place] if place is not None and place < len(record.cells) else ""
        return self._layout.defaults.get(name, "") if is_blank(cell) else cell

    def _fault(self, record: Record, name: Field) -> Fault | None:
        """Why a cell of a workbook can not be taken as it is; a date may be one."""
        place = self._layout.place_of(name)
        fault = record.faults.get(place) if place is not None else None
        return None if fault == DATE and name in DATES else fault

    def _read_names(self, found: PastRow, record: Record) -> None:
        for whole, given, family in NAMES:
            full = self._cell(found, record, whole, free_text)
            if full and not getattr(found, family):
                for name, part in zip((given, family), _parted(full), strict=True):
                    setattr(found, name, part)

    def _day(self, found: PastRow, record: Record) -> date | None:
        """The last day, or the first where that is all there is."""
        days: tuple[Field, Field] = ("held_on", "from_on")
        name = next((one for one in days if not is_blank(self._text(record, one))), None)
        if name is None:
            return None
        fault = self._fault(record, name)
        day = fault or day_in(self._text(record, name), self._orders.get(name))
        if not isinstance(day, Fault) and day <= self._today:
            return day
        found.problems.append((day if isinstance(day, Fault) else FUTURE).at(record.row, name))
        return None

    def _require(self, found: PastRow) -> None:
        faulty = {one.column for one in found.problems}
        told = {"held_on": found.held_on, "party": found.party, "outcome": found.outcome}
        for name, value in told.items():
            if value is None and not faulty & {name, "from_on" if name == "held_on" else name}:
                found.problems.append(MISSING.at(found.row, name))
        if not (found.code or found.title) and not faulty & {"code", "title"}:
            found.problems.append(MISSING.at(found.row, "title"))
        whole = any(all(pair) for pair in found.names.values())
        if not (found.officer_reference or whole) and not faulty & NAME_FIELDS:
            found.problems.append(NAME_MISSING.at(found.row))


def day_in(text: str, order: Order | None) -> date | Fault:
    """A day; the order matters only where it can be read two ways."""
    read = read_date(text)
    if isinstance(read, Fault):
        return read
    if read.only:
        return read.only
    return UNDECIDED if order is None else read.by(order) or NOT_A_DATE


def code_in(text: str) -> str | Fault:
    """A code in capitals, without the spaces around it."""
    trimmed = text.strip()
    return trimmed.upper() if CODE.fullmatch(trimmed) else NOT_A_CODE


def is_absent(row: PastRow) -> bool:
    """Whether the officer never came: that is no participation."""
    return row.outcome == ABSENT


NAMES: tuple[tuple[Field, Field, Field], ...] = (
    ("full_name", "given_name", "family_name"),
    ("full_name_ar", "given_name_ar", "family_name_ar"),
)
NAME_FIELDS = {"officer_reference", *(name for names in NAMES for name in names)}
RULES: Mapping[Field, Callable[[str], str | Fault]] = {
    "officer_reference": reference,
    "given_name": free_text,
    "family_name": free_text,
    "given_name_ar": free_text,
    "family_name_ar": free_text,
    "sex": sex_in,
    "code": code_in,
    "title": free_text,
    "topic": free_text,
    "outcome": outcome_in,
}


def _parted(full: str) -> tuple[str | None, str]:
    """Given and family names: the family's are in capitals, or after a comma before it, or last."""
    before, comma, after = full.partition(",")
    if comma and folded(before) and folded(after):
        return after.strip(), before.strip()
    words = full.split()
    capitals = [one for one in words if one.isupper() and len(one) > 1]
    if capitals and len(capitals) < len(words):
        return " ".join(one for one in words if one not in capitals), " ".join(capitals)
    return " ".join(words[:-1]) or None, words[-1]
