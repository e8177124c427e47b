"""Builders of workbooks, as spreadsheets write them and as nobody should; all invented."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.services.registration.roster.files import ENGLISH, PERFECT

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OF_OFFICE}"><sheets>'
    '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{OF_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{OF_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OF_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)


def a_workbook(*rows: Sequence[Any], header: Sequence[str] = ENGLISH) -> Workbook:
    """A workbook of one sheet, to be changed before it is saved."""
    book = Workbook()
    sheet = book.active
    for cells in (header, *rows):
        sheet.append(list(cells))
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_one(column: str, value: Any) -> bytes:
    """A workbook of one officer whose cell in this column, added if need be, holds the value."""
    cells: dict[str, Any] = {**dict(zip(ENGLISH, PERFECT, strict=True)), column: value}
    return saved(a_workbook(list(cells.values()), header=list(cells)))


def a_package(sheet: str = "", **parts: str) -> bytes:
    """The least that makes a workbook, with a sheet written by hand; empty parts are left out."""
    named: Mapping[str, str] = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"></sst>',
        **parts,
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in named.items():
            if content:
                archive.writestr(name, content)
    return file.getvalue()


def row_of(number: int, cells: Sequence[str], attributes: str = "") -> str:
    """A row with its texts in place."""
    inside = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(cells)
    )
    return f'<row r="{number}" {attributes}>{inside}</row>'


HEADER_ROW = row_of(1, ENGLISH)
PERFECT_ROW = row_of(2, PERFECT)
