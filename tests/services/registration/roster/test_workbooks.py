"""Workbooks are read by the rules of CSV, with rows and columns as the spreadsheet shows them."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.registration.roster.rows import Roster
from tests.services.registration.roster.files import ENGLISH, PERFECT, a_file, found, read_roster
from tests.services.registration.roster.workbooks import (
    HEADER_ROW,
    PERFECT_ROW,
    a_package,
    a_workbook,
    row_of,
    saved,
    with_one,
)

A_MOMENT = datetime(2010, 3, 31)  # noqa: DTZ001
ARABIC = (
    "المرجع",
    "الاسم الأول (لاتيني)",
    "اسم العائلة (لاتيني)",
    "الجنس",
    "الوحدة",
    "اللغة",
    "الأولوية",
)


def places(roster: Roster) -> list[tuple[int, str | None, str]]:
    return [(one.row, one.letter, one.code) for one in roster.problems]


def test_a_workbook_gives_the_same_officers_as_a_csv_file() -> None:
    header = (*ENGLISH, "given_name_ar", "family_name_ar", "phone", "specialisms", "serving since")
    row = (*PERFECT, "رانيا", "مثال", "079 000 1234", "biometrics; traite", "2010-03-31")

    workbook = read_roster(saved(a_workbook(row, header=header)), "JO")
    text = read_roster(a_file(row, header=header).encode(), "JO")

    assert workbook.problems == ()
    assert workbook.encoding == "xlsx"
    assert workbook.rows == text.rows
    assert workbook.rows[0].specialisms == ("biometrics", "anti_trafficking")
    assert workbook.rows[0].serving_since == date(2010, 3, 31)


def test_arabic_headings_and_words_are_read() -> None:
    row = ("A-1", "Rania", "Haddad", "أنثى", "الهجرة", "العربية", "١")

    roster = read_roster(saved(a_workbook(row, header=ARABIC)))

    assert roster.problems == ()
    assert (roster.rows[0].sex, roster.rows[0].unit, roster.rows[0].priority) == (
        "female",
        "immigration",
        1,
    )


def test_row_and_column_are_named_as_the_spreadsheet_shows_them() -> None:
    book = a_workbook(PERFECT)
    book.active.append([])
    book.active.append(["JO-002", "A", "B", "perhaps", "catering", "ar", 2])

    roster = read_roster(saved(book))

    assert [
        (*place, one.column) for place, one in zip(places(roster), roster.problems, strict=True)
    ] == [
        (4, "D", "sex-unknown", "sex"),
        (4, "E", "unit-unknown", "unit"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "attribute", "expected"),
    [
        ("priority", 7, "priority", 7),
        ("priority", 7.0, "priority", 7),
        ("officer_reference", 123456, "officer_reference", "123456"),
        ("phone", 962790001234, "phone", "+962790001234"),
        ("phone", 790001234, "phone", "+962790001234"),
        ("sms", False, "sms", False),
        ("serving since", A_MOMENT, "serving_since", date(2010, 3, 31)),
        ("serving since", 2010, "serving_since", date(2010, 1, 1)),
        ("family_name", " O'Brien ", "family_name", " O'Brien "),
        ("family_name", "null", "family_name", "null"),
    ],
)
def test_numbers_and_dates_are_read_as_they_are_shown(
    column: str, value: object, attribute: str, expected: object
) -> None:
    roster = read_roster(with_one(column, value), "JO")

    assert roster.problems == ()
    assert getattr(roster.rows[0], attribute) == expected


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("phone", "=A1", "cell-is-a-formula"),
        ("priority", "=1+1", "cell-is-a-formula"),
        ("officer_reference", A_MOMENT, "cell-is-a-date"),
        ("priority", date(2018, 5, 1), "cell-is-a-date"),
        ("priority", 1.5, "priority-not-a-whole-number"),
        ("family_name", "????", "name-lost-in-conversion"),
        ("phone", 9.62e20, "phone-lost-in-conversion"),
        ("unit", "#REF!", "cell-shows-an-error"),
        ("serving since", "yesterday", "date-not-usable"),
        ("specialisms", "Biometrics; Juggling!", "specialism-unknown"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why(column: str, value: object, code: str) -> None:
    roster = read_roster(with_one(column, value), "JO")

    assert [one.code for one in roster.problems] == [code]
    assert roster.rows == ()


def test_the_first_visible_sheet_with_a_header_is_read() -> None:
    book = a_workbook(PERFECT)
    book.active.title = "Officers"
    notes = book.create_sheet("Notes", 0)
    notes.append(["Please read first"])
    hidden = book.create_sheet("Old", 0)
    hidden.sheet_state = "hidden"
    hidden.append(ENGLISH)
    hidden.append(["OLD-1", *PERFECT[1:]])

    roster = read_roster(saved(book))

    assert roster.problems == ()
    assert [one.officer_reference for one in roster.rows] == ["JO-001"]


def test_what_stands_above_the_header_is_not_read() -> None:
    book = a_workbook(PERFECT)
    book.active.insert_rows(1, 2)
    book.active["A1"] = "Fill in one row for each officer."
    book.active.merge_cells("A1:G1")

    roster = read_roster(saved(book))

    assert roster.problems == ()
    assert roster.rows[0].row == 4


def test_merged_cells_hidden_rows_and_columns_are_named() -> None:
    book = a_workbook(PERFECT, ("JO-002", "B", "C", "f", "ncb", "ar", 2), ("", *PERFECT[1:6], 3))
    book.active.merge_cells("A3:A4")
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["F"].hidden = True

    roster = read_roster(saved(book))

    assert places(roster) == [
        (1, "F", "column-hidden"),
        (2, None, "row-hidden"),
        (3, None, "cells-merged"),
        (4, "A", "value-missing"),
    ]


def test_a_note_beside_the_list_is_no_silent_loss() -> None:
    book = a_workbook(PERFECT)
    book.active["K2"] = "speaks French"

    assert found(read_roster(saved(book))) == [(2, None, "cells-too-many")]


DTD = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
EXTERNAL = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", "file-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-is-xls"),
        (b"%PDF-1.7 ...", "file-is-pdf"),
        (b"<html><table><tr><td>reference</td></tr></table></html>", "file-is-a-web-page"),
        (
            a_package(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "file-is-ods",
        ),
        (a_package(**{"word/document.xml": "<w/>"}), "file-is-word"),
        (a_package(**{"xl/workbook.bin": "b"}), "file-is-xlsb"),
        (
            a_package(**{"xl/worksheets/sheet1.xml": f"{DTD}<worksheet>&b;</worksheet>"}),
            "file-not-safe",
        ),
        (a_package(**{"xl/sharedStrings.xml": f"{EXTERNAL}<sst>&x;</sst>"}), "file-not-safe"),
        (a_package(**{"xl/workbook.xml": "<workbook><sheets></workbook>"}), "file-damaged"),
        (a_package(**{"xl/workbook.xml": "<workbook><sheets/></workbook>"}), "sheet-missing"),
        (a_package("<sheetData/>"), "file-empty"),
        (a_package(f"<sheetData>{HEADER_ROW}</sheetData>"), "no-officers"),
        (a_package(f"<sheetData>{HEADER_ROW}{row_of(1, PERFECT)}</sheetData>"), "file-damaged"),
        (a_package(f"<sheetData>{HEADER_ROW}<row r='-4'/></sheetData>"), "file-damaged"),
        (
            a_package(
                f"<sheetData>{HEADER_ROW}<row r='2'><c t='s'><v>77</v></c></row></sheetData>"
            ),
            "file-damaged",
        ),
        (a_package("<sheetData><row r='1'>" + "<c/>" * 3), "file-damaged"),
        (a_package(f"<!--{'-a' * 3_000_000}--><sheetData/>"), "file-expands-too-much"),
        (a_package(f"<sheetData a='{'x' * 3_000_000}'/>"), "file-expands-too-much"),
    ],
)
def test_what_is_no_list_says_what_to_do(content: bytes, code: str) -> None:
    assert [one.code for one in read_roster(content).problems] == [code]


def test_a_bomb_is_not_unpacked() -> None:
    file = BytesIO(a_package(**{"xl/worksheets/sheet1.xml": ""}))
    with (
        ZipFile(file, "a", ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        sheet.write(f"<worksheet><sheetData>{HEADER_ROW}<row r='2'><c><v>".encode())
        for _ in range(210):
            sheet.write(b"1" * 1_000_000)

    roster = read_roster(file.getvalue())

    assert len(file.getvalue()) < 1_000_000
    assert [one.code for one in roster.problems] == ["file-expands-too-much"]


def test_a_huge_dimension_costs_nothing() -> None:
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData>{HEADER_ROW}{PERFECT_ROW}</sheetData>'

    roster = read_roster(a_package(sheet))

    assert roster.problems == ()
    assert len(roster.rows) == 1


def test_a_cell_far_out_is_one_cell_too_many() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'

    roster = read_roster(a_package(f"<sheetData>{HEADER_ROW}{PERFECT_ROW}{far}</sheetData>"))

    assert found(roster) == [(1048576, None, "cells-too-many")]


def test_rich_text_is_read_whole_without_its_reading_aids() -> None:
    rich = "<si><r><t>Ra</t></r><r><t>nia</t></r><rPh sb='0' eb='1'><t>lost</t></rPh></si>"
    given = '<c r="B2" t="s"><v>0</v></c>'
    row = PERFECT_ROW.replace('<c r="B2" t="inlineStr"><is><t>Rania</t></is></c>', given)

    content = a_package(
        f"<sheetData>{HEADER_ROW}{row}</sheetData>",
        **{"xl/sharedStrings.xml": f"<sst>{rich}</sst>"},
    )

    assert read_roster(content).rows[0].given_name == "Rania"
