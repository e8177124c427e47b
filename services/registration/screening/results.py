"""The list of a vetting office read: references, results and days. All else is dropped unread, and
a file that holds free text, such as grounds, is not taken at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import Literal

from ..past.rows import day_in
from ..roster.folding import folded, is_blank
from ..roster.opening import open_file
from ..roster.records import Record, Unreadable
from ..roster.rows import Fault, RowProblem
from ..roster.words import by_word
from ..roster.workbook.cells import DATE
from ..roster.workbook.unreadable import CannotBeRead
from ..roster.written_days import evidence_of

Result = Literal["cleared", "not_cleared"]
MOST_ROWS = 20_000
MOST_WORDS, LONGEST_CELL = 3, 40

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reference": ("ref", "référence", "referencia", "المرجع"),
        "result": ("outcome", "decision", "résultat", "décision", "resultado", "النتيجة", "القرار"),
        "valid_from": ("from", "valable du", "válido desde", "صالح من"),
        "valid_until": ("until", "valid to", "valable jusqu'au", "válido hasta", "صالح حتى"),
    }
)
OURS = ("family_name", "given_name", "family_name_ar", "given_name_ar", "party", "sex")
"""What we wrote into the list; it is not read again."""
GROUNDS = frozenset(
    map(
        folded,
        (
            *("reason", "reasons", "grounds", "ground", "remarks", "remark", "comment", "comments"),
            *("note", "notes", "details", "explanation", "justification", "motif", "motifs"),
            *("raison", "raisons", "remarque", "remarques", "commentaire", "commentaires"),
            *("observations", "motivo", "motivos", "razón", "observaciones", "comentarios"),
            *("السبب", "الأسباب", "ملاحظات", "ملاحظة", "التعليق", "التفاصيل"),
        ),
    )
)
RESULTS: Mapping[Result, tuple[str, ...]] = MappingProxyType(
    {
        "cleared": (
            *("clear", "favourable", "favorable", "approved", "accepté", "agréé", "avis favorable"),
            *("apto", "apta", "autorizado", "autorizada", "مقبول", "مقبولة", "موافق عليه"),
        ),
        "not_cleared": (
            *("not cleared", "unfavourable", "unfavorable", "refused", "rejected", "défavorable"),
            *("refusé", "refusée", "avis défavorable", "no apto", "no apta", "denegado"),
            *("denegada", "غير مقبول", "غير مقبولة", "مرفوض", "مرفوضة"),
        ),
    }
)
RESULT_OF = by_word(RESULTS)
COLUMN_OF = by_word(COLUMNS)

MISSING = Fault("column-missing", "The file needs a column for the reference and one for results.")
EMPTY = Fault("file-empty", "The file holds no rows below a header.")
TOO_MANY_ROWS = Fault("too-many-rows", f"The file holds more than {MOST_ROWS} rows.")
GROUNDS_HERE = Fault("free-text", "This column holds free text. Take it out; it was not read.")
NO_REFERENCE = Fault("value-missing", "The reference must not be empty.")
TWICE = Fault("reference-twice", "This reference stands in an earlier row already.")
UNKNOWN_RESULT = Fault("result-unknown", "Use cleared or not cleared, and no more words.")
TURNED = Fault("dates-turned", "The last day is before the first.")


@dataclass(frozen=True)
class ResultRow:
    """What came back for one reference."""

    row: int
    reference: str
    result: Result
    valid_from: date | None
    valid_until: date | None


@dataclass
class Results:
    """A file of results. Rows without a result still wait. `dropped` are columns not read; where
    there are `grounds` or `problems`, nothing is to be taken."""

    rows: list[ResultRow] = field(default_factory=list)
    waiting: int = 0
    dropped: list[int] = field(default_factory=list)
    grounds: list[int] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_results(content: bytes) -> Results:
    """The results in a CSV file or a workbook; never raises, never echoes a value."""
    found = Results()
    try:
        records = list(islice(open_file(BytesIO(content)).records, MOST_ROWS + 2))
    except CannotBeRead as reason:
        found.problems.append(reason.fault.at(0))
        return found
    header, below = records[:1], records[1:]
    if not header or not isinstance(header[0], Record) or not below:
        found.problems.append(EMPTY.at(0))
    elif len(below) > MOST_ROWS:
        found.problems.append(TOO_MANY_ROWS.at(0))
    else:
        _Reading(found, header[0].cells, below).read()
    return found


class _Reading:
    def __init__(
        self, found: Results, headings: Sequence[str], below: Sequence[Record | Unreadable]
    ) -> None:
        self._found = found
        self._rows = [one for one in below if isinstance(one, Record)]
        self._below = below
        self._headings = headings
        self._place = {
            COLUMN_OF[folded(heading)]: place
            for place, heading in reversed(list(enumerate(headings)))
            if folded(heading) in COLUMN_OF
        }
        self._orders = {
            name: evidence_of(self._text(one, name) for one in self._rows).order
            for name in ("valid_from", "valid_until")
        }
        self._seen: set[str] = set()

    def read(self) -> None:
        self._sort_out_columns()
        if self._found.grounds:
            return
        if not {"reference", "result"} <= self._place.keys():
            self._found.problems.append(MISSING.at(0))
            return
        for one in self._below:
            if isinstance(one, Unreadable):
                self._found.problems.append(one.fault.at(one.row))
            else:
                self._read_row(one)

    def _sort_out_columns(self) -> None:
        """What is free text by its heading or its cells, and what is only not read."""
        width = max((len(one.cells) for one in self._rows), default=0)
        known = set(self._place.values())
        for place in range(max(width, len(self._headings))):
            heading = folded(self._headings[place]) if place < len(self._headings) else ""
            if place in known or heading in map(folded, OURS):
                continue
            cells = [one.cells[place] for one in self._rows if place < len(one.cells)]
            written = [one for one in cells if not is_blank(one)]
            if written and (heading in GROUNDS or any(map(_is_free_text, written))):
                self._found.grounds.append(place + 1)
            elif written or heading:
                self._found.dropped.append(place + 1)

    def _read_row(self, record: Record) -> None:
        reference = self._text(record, "reference").strip().upper()
        before = len(self._found.problems)
        if not reference:
            self._fault(record, "reference", NO_REFERENCE)
        elif reference in self._seen:
            self._fault(record, "reference", TWICE)
        self._seen.add(reference)
        valid_from, valid_until = self._day(record, "valid_from"), self._day(record, "valid_until")
        if valid_from and valid_until and valid_until < valid_from:
            self._fault(record, "valid_until", TURNED)
        written = self._text(record, "result")
        result = RESULT_OF.get(folded(written))
        if is_blank(written):
            self._found.waiting += 1
        elif result is None:
            self._fault(record, "result", UNKNOWN_RESULT)
        elif len(self._found.problems) == before:
            row = ResultRow(record.row, reference, result, valid_from, valid_until)
            self._found.rows.append(row)

    def _day(self, record: Record, name: str) -> date | None:
        text = self._text(record, name)
        if is_blank(text):
            return None
        fault = record.faults.get(self._place[name])
        day = fault if fault and fault != DATE else day_in(text, self._orders[name])
        if isinstance(day, Fault):
            self._fault(record, name, day)
            return None
        return day

    def _text(self, record: Record, name: str) -> str:
        place = self._place.get(name)
        return record.cells[place] if place is not None and place < len(record.cells) else ""

    def _fault(self, record: Record, column: str, fault: Fault) -> None:
        self._found.problems.append(fault.at(record.row, column))


def _is_free_text(cell: str) -> bool:
    return len(cell) > LONGEST_CELL or len(cell.split()) > MOST_WORDS
