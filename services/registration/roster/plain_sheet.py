"""A workbook of texts, one line after another, that never runs what is written in it."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

CONSTANT_MEMORY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTH = 18


class PlainSheet:
    """A workbook being written; what was written is not held."""

    def __init__(self, file: BinaryIO, *, rtl: bool) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415

        self._book = Workbook(file, CONSTANT_MEMORY)
        self._sheet = self._book.add_worksheet()
        self._text = self._book.add_format({"num_format": "@"})
        self._sheet.set_column(0, 40, WIDTH, self._text)
        self._sheet.freeze_panes(1, 0)
        if rtl:
            self._sheet.right_to_left()
        self._row = 0

    def write(self, lines: Iterable[Sequence[str]]) -> None:
        """More lines."""
        for line in lines:
            for at, cell in enumerate(line):
                if cell:
                    self._sheet.write_string(self._row, at, cell, self._text)
            self._row += 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()
