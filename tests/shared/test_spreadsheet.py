"""Files for spreadsheets: every script opens, and nothing runs."""

import csv
from io import StringIO

import pytest

from shared.spreadsheet import as_csv, harmless


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "\r=1", "\n-1", "＝1", "=HYPERLINK()"]
)
def test_a_cell_that_reads_as_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "JO-001", "رانيا", "1", "a=b", "1=1", -3, 2.5])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell


def test_a_file_opens_with_every_script() -> None:
    rows: list[list[object]] = [["name", "number"], ['Quote "and", comma', 2], ["الأردن", -1]]

    written = as_csv(rows)

    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(written.decode("utf-8-sig"))))
    assert read == [[str(cell) for cell in row] for row in rows]
