"""A sheet to be filled in and sent back: headings, lists to choose from, officers known already."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from . import sheet_words as words
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
BETWEEN = "; "


class RosterSheet:
    """A workbook being written, one row after another; what was written is not held."""

    def __init__(self, file: BinaryIO, say: Say, units: Collection[str], *, rtl: bool) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415

        self._book = Workbook(file, CONSTANT_MEMORY)
        self._say = say
        self._columns = words.headings(say)
        self._lists = {
            "sex": words.sexes(say),
            "unit": _chosen(words.units(say), units),
            "rank_band": words.rank_bands(say),
            "language": words.languages(say),
            "sms": words.yes_and_no(say),
        }
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
                    self._sheet.write_string(self._row, at, self._word(column, value), self._text)
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
        for at, heading in enumerate(self._columns.values()):
            self._sheet.write_string(FIRST_ROW - 1, at, heading[:1].upper() + heading[1:], head)
        self._sheet.freeze_panes(FIRST_ROW, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(FIRST_ROW - 1)
        allowed = ("format_columns", "format_rows", "sort", "autofilter", "insert_rows")
        self._sheet.protect("", dict.fromkeys(allowed, True))

    def _add_lists(self, *, last_row: int) -> None:
        hidden = self._book.add_worksheet(SHEET_OF_OURS)
        hidden.hide()
        said = [list(one.values()) for one in self._lists.values()]
        for row in range(max(map(len, said))):
            for at, one in enumerate(said):
                if row < len(one):
                    hidden.write_string(row, at, one[row])
        for at, (column, words_said) in enumerate(self._lists.items()):
            letter, place = chr(65 + at), list(self._columns).index(column)
            source = f"={SHEET_OF_OURS}!${letter}$1:${letter}${len(words_said)}"
            error = words.choose_from_the_list(self._say)
            rule = {"validate": "list", "source": source, "error_message": error}
            self._sheet.data_validation(FIRST_ROW, place, last_row, place, rule)

    def _word(self, column: str, value: Any) -> str:
        if column in ("specialisms", "languages"):
            known = words.units if column == "specialisms" else words.languages
            said = known(self._say)
            return BETWEEN.join(said.get(one, one) for one in value)
        return str(self._lists.get(column, {}).get(value, value))


def _chosen(said: Mapping[str, str], wanted: Collection[str]) -> Mapping[str, str]:
    """The words for what is wanted, in their order; all of them where nothing is."""
    if not wanted:
        return said
    named = {code: word for code, word in said.items() if code in wanted}
    return named | {code: code for code in sorted(wanted) if code not in said}
