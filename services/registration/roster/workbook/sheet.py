"""The rows of one sheet, one after another, with the numbers that the spreadsheet shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..records import MOST_COLUMNS
from .cells import (
    FORMULA,
    Found,
    Meanings,
    read_cell,
)
from .listening import Listener, listen
from .package import MOST_BYTES_OF_A_LARGE_PART, Package
from .strings import TextPieces
from .unreadable import DAMAGED, CannotBeRead

LAST_ROW = 1_048_576
MOST_MERGED = 1_000
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
HIDDEN = ("1", "true")


@dataclass
class SheetRow:
    """The cells of a row that hold something, by their place, 0 first.

    What stands beyond the columns that a roster may have, stands in the place after the last."""

    row: int
    hidden: bool
    cells: dict[int, Found] = field(default_factory=dict)


@dataclass
class Shape:
    """What a sheet says beside its rows: columns hidden (from, to) and cells merged (from, to)."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    """The rows over which each of them reaches."""


def rows_of(package: Package, part: str, meanings: Meanings, shape: Shape) -> Iterator[SheetRow]:
    """Every row in which something stands; the shape is whole when the last one was given.

    Raises `CannotBeRead`."""
    listener = _Rows(meanings, shape)
    with package.open(part) as stream:
        for _ in listen(stream, listener, MOST_BYTES_OF_A_LARGE_PART):
            yield from listener.take()
    yield from listener.take()


def place_of(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def letters_of(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    before, last = divmod(place, 26)
    return (letters_of(before - 1) if before else "") + chr(65 + last)


class _Rows(Listener):
    def __init__(self, meanings: Meanings, shape: Shape) -> None:
        super().__init__()
        self._meanings, self._shape = meanings, shape
        self._done: list[SheetRow] = []
        self._row = SheetRow(0, hidden=False)
        self._place = -1
        self._kind = self._style = ""
        self._is_formula = self._is_text = self._is_aid = False
        self._pieces = TextPieces()

    def take(self) -> list[SheetRow]:
        """The rows that ended since."""
        done, self._done = self._done, []
        return done

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t"):
            self._is_text = not self._is_aid
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._is_aid = True
        elif name == "col" and attributes.get("hidden") in HIDDEN:
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self._shape.hidden_columns.append((first - 1, last - 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def ends(self, name: str) -> None:
        self._is_text = False
        if name == "c":
            self._end_cell()
        elif name == "row":
            if self._row.cells:
                self._done.append(self._row)
        elif name == "rPh":
            self._is_aid = False

    def says(self, text: str) -> None:
        if self._is_text:
            self._pieces.add(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        before = self._row.row
        number = _number(attributes["r"]) if "r" in attributes else before + 1
        if not before < number <= LAST_ROW:
            raise CannotBeRead(DAMAGED)
        self._row = SheetRow(number, attributes.get("hidden") in HIDDEN)
        self._place = -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = REFERENCE.fullmatch(attributes.get("r", ""))
        self._place = place_of(found[1]) if found else self._place + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._is_formula = False
        self._pieces.begin()

    def _end_cell(self) -> None:
        found = read_cell(self._kind, self._style, self._pieces.whole, self._meanings)
        if self._is_formula:
            found = Found(" ", FORMULA)
        if found.text or found.fault:
            self._row.cells[min(self._place, MOST_COLUMNS)] = found

    def _merge(self, reference: str) -> None:
        ends = [REFERENCE.fullmatch(one) for one in reference.split(":")]
        rows = [int(one[2]) for one in ends if one]
        if rows and len(self._shape.merged) < MOST_MERGED:
            self._shape.merged.append((min(rows), max(rows)))


def _number(text: str | None) -> int:
    if not text or not text.isdecimal() or len(text) > 7:
        raise CannotBeRead(DAMAGED)
    return int(text)
