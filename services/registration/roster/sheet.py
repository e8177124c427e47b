"""A sheet to be filled in and sent back: headings, lists to choose from, officers known already."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from ..calls.wanted import Wanted
from . import sheet_words as words
from .headings import REQUIRED
from .plain_sheet import CONSTANT_MEMORY
from .sheet_words import Say
from .workbook.book import SHEET_OF_OURS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS_TO_FILL_IN = 1_000
"""So many empty rows below the officers have the lists too."""
WIDTHS: Mapping[str, int] = {"priority": 9, "sms": 7, "sex": 12, "email": 28, "specialisms": 28}
USUAL_WIDTH = 18
COLUMNS_OF_THE_INSTRUCTION = 6
FIRST_ROW = 2
NEEDED = " *"
SEVERAL = ("specialisms", "languages")
"""Columns whose cells may hold several of the list, so that anything can be written there."""


class RosterSheet:
    """A workbook being written, one row after another; what was written is not held."""

    def __init__(self, file: BinaryIO, say: Say, wanted: Wanted, *, rtl: bool) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415

        self._book = Workbook(file, CONSTANT_MEMORY)
        self._say = say
        self._columns = words.headings(say)
        self._needed = {*REQUIRED, *wanted.columns}
        self._lists: dict[str, Collection[str]] = {
            "sex": words.sexes(say).values(),
            "unit": _chosen(words.units(say), wanted.units),
            "rank_band": words.rank_bands(say).values(),
            "language": words.languages(say).values(),
            "sms": words.yes_and_no(say).values(),
            "specialisms": _with(words.units(say), wanted.specialisms),
            "languages": _with(words.languages(say), wanted.languages),
        }
        if wanted.declaration:
            self._lists["declaration"] = [wanted.declaration]
        self._sheet: Worksheet = self._book.add_worksheet(words.name_of_sheet(say))
        self._text: Format = self._book.add_format({"num_format": "@", "locked": False})
        self._number: Format = self._book.add_format({"num_format": "0", "locked": False})
        if rtl:
            self._sheet.right_to_left()
        self._lay_out()
        self._row = FIRST_ROW

    def write(self, officers: Sequence[Mapping[str, Any]]) -> None:
        """Officers by column, in codes; what is None is left empty."""
        for officer in officers:
            for at, column in enumerate(self._columns):
                value = officer.get(column)
                if column == "priority" and value is not None:
                    self._sheet.write_number(self._row, at, value, self._number)
                elif value not in (None, "", ()):
                    said = words.in_words(column, value, self._say)
                    self._sheet.write_string(self._row, at, said, self._text)
            self._row += 1

    def close(self) -> None:
        """Add the lists, and finish the file."""
        self._add_lists(last_row=self._row + ROWS_TO_FILL_IN)
        self._book.close()

    def _lay_out(self) -> None:
        for at, (column, heading) in enumerate(self._columns.items()):
            style = self._number if column == "priority" else self._text
            width = max(WIDTHS.get(column, USUAL_WIDTH), len(heading) + 3)
            self._sheet.set_column(at, at, width, style)
        told = self._book.add_format({"text_wrap": True, "valign": "top", "italic": True})
        head = self._book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        self._sheet.set_row(0, 48)
        instruction = words.instruction(self._say)
        self._sheet.merge_range(0, 0, 0, COLUMNS_OF_THE_INSTRUCTION - 1, instruction, told)
        for at, (column, heading) in enumerate(self._columns.items()):
            mark = NEEDED if column in self._needed else ""
            said = heading[:1].upper() + heading[1:] + mark
            self._sheet.write_string(FIRST_ROW - 1, at, said, head)
        self._sheet.freeze_panes(FIRST_ROW, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(FIRST_ROW - 1)
        allowed = ("format_columns", "format_rows", "sort", "autofilter", "insert_rows")
        self._sheet.protect("", dict.fromkeys(allowed, True))

    def _add_lists(self, *, last_row: int) -> None:
        hidden = self._book.add_worksheet(SHEET_OF_OURS)
        hidden.hide()
        said = list(map(list, self._lists.values()))
        for row in range(max(map(len, said))):
            for at, one in enumerate(said):
                if row < len(one):
                    hidden.write_string(row, at, one[row])
        places = {column: at for at, column in enumerate(self._columns)}
        hints = words.hints(self._say)
        listed = {column: chr(65 + at) for at, column in enumerate(self._lists)}
        for column in (*listed, *(one for one in hints if one not in listed)):
            rule: dict[str, Any] = {"validate": "any"}
            if column in hints:
                rule["input_message"] = hints[column]
            if column in listed:
                letter, last = listed[column], len(self._lists[column])
                rule["validate"] = "list"
                rule["source"] = f"={SHEET_OF_OURS}!${letter}$1:${letter}${last}"
                rule["error_message"] = words.choose_from_the_list(self._say)
                rule["show_error"] = column not in SEVERAL
            place = places[column]
            self._sheet.data_validation(FIRST_ROW, place, last_row, place, rule)


def _chosen(said: Mapping[str, str], wanted: Collection[str]) -> Collection[str]:
    """The words for what is wanted, in their order; all of them where nothing is."""
    if not wanted:
        return said.values()
    named = {code: word for code, word in said.items() if code in wanted}
    return _with(named, wanted)


def _with(said: Mapping[str, str], codes: Collection[str]) -> Collection[str]:
    """All the words, then the codes that have none."""
    return [*said.values(), *sorted(one for one in codes if one not in said)]
