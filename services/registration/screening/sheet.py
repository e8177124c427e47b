"""The list for the vetting office as a workbook, with a drop-down for the results."""

from collections.abc import Sequence
from io import BytesIO

RESULT, FROM = 7, 8
WORDS = ["cleared", "not cleared"]


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet; texts stay texts, whatever they begin with."""
    import xlsxwriter  # noqa: PLC0415 - heavy

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("screening")
        heading = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, heading if number == 0 else None)
        sheet.set_column(0, RESULT, 18)
        sheet.set_column(FROM, FROM + 1, 14, day)
        sheet.freeze_panes(1, 1)
        last = max(len(rows) - 1, 1)
        chosen = {"validate": "list", "source": WORDS, "error_message": "cleared / not cleared"}
        sheet.data_validation(1, RESULT, last, RESULT, chosen)
    return content.getvalue()
