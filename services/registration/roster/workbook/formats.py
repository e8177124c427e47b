"""Which formats of a workbook show a number as a date."""

import re

from .listening import Listener, listen
from .package import MOST_BYTES_OF_A_SMALL_PART, Package

MOST_FORMATS = 70_000
BUILT_IN_DATES = frozenset(
    str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
)
"""ECMA-376 part 1, 18.8.30: formats that every spreadsheet has, those of East Asia too."""
NOT_OF_THE_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
OF_A_DATE = re.compile("[dmyhs]", re.IGNORECASE)


def date_formats(package: Package, part: str | None) -> frozenset[str]:
    """The numbers, as cells give them, of the formats that show a date or a time."""
    if part is None:
        return frozenset()
    formats = _Formats()
    with package.open(part) as stream:
        for _ in listen(stream, formats, 4 * MOST_BYTES_OF_A_SMALL_PART):
            pass
    return frozenset(formats.dates)


def shows_dates(code: str) -> bool:
    """Whether a format has a place for day, month, year or time, beside its quoted words."""
    return OF_A_DATE.search(NOT_OF_THE_FORMAT.sub("", code.partition(";")[0])) is not None


class _Formats(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.dates: set[str] = set()
        self._shows_dates = set(BUILT_IN_DATES)
        self._cells = 0
        self._of_cells = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            if shows_dates(attributes.get("formatCode", "")[:300]):
                self._shows_dates.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells and self._cells < MOST_FORMATS:
            if attributes.get("numFmtId", "") in self._shows_dates:
                self.dates.add(str(self._cells))
            self._cells += 1

    def ends(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False
