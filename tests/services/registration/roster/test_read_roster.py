"""A roster is read as spreadsheets write it, and every problem is told with row and column."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.roster.reading import MOST_BYTES, MOST_ROWS
from services.registration.roster.rows import RosterRow
from tests.services.registration.roster.files import (
    ENGLISH,
    PERFECT,
    a_file,
    found,
    read_roster,
    with_cell,
)


def test_a_clean_file_gives_its_officers_and_no_problems() -> None:
    header = (*ENGLISH, "phone", "sms", "email", "rank_band", "unit_name")
    row = (*PERFECT, "079 000 1234", "yes", "r.specimen@example.org", "mid", " Airport ")

    roster = read_roster(a_file(row, header=header).encode(), region="JO", party="JO")

    assert roster.problems == ()
    assert roster.rows == (
        RosterRow(
            row=2,
            officer_reference="JO-001",
            given_name="Rania",
            family_name="Specimen",
            given_name_ar=None,
            family_name_ar=None,
            sex="female",
            unit="immigration",
            unit_name="Airport",
            rank_title=None,
            rank_band="mid",
            email="r.specimen@example.org",
            phone="+962790001234",
            phone_as_written="079 000 1234",
            language="ar",
            sms=True,
            priority=1,
            party="JO",
        ),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiter_and_line_ends_are_those_of_the_file(delimiter: str, end: str) -> None:
    content = a_file(PERFECT, delimiter=delimiter, end=end).encode()

    roster = read_roster(content)

    assert roster.delimiter == delimiter
    assert roster.problems == ()
    assert len(roster.rows) == 1


def test_the_separator_line_of_spreadsheets_is_not_a_row() -> None:
    content = b"sep=;\r\n" + a_file(PERFECT, delimiter=";").encode()

    roster = read_roster(content)

    assert roster.problems == ()
    assert roster.rows[0].row == 2


def test_columns_may_stand_in_any_order_and_empty_rows_still_count() -> None:
    content = a_file(
        PERFECT[::-1], [""] * 7, [], ("x", *PERFECT[-2:0:-1], "JO-002"), header=ENGLISH[::-1]
    ).encode()

    roster = read_roster(content)

    assert [officer.row for officer in roster.rows] == [2]
    assert found(roster) == [(5, "priority", "priority-not-a-whole-number")]


def test_a_quoted_line_break_is_one_row() -> None:
    text = a_file((*PERFECT, '"Airport\r\nTerminal 2"'), ("bad",), header=(*ENGLISH, "unit_name"))

    roster = read_roster(text.encode())

    assert found(roster) == [(2, "unit_name", "control-character"), (3, None, "cells-too-few")]


def test_ragged_rows_are_told_and_empty_cells_beyond_the_end_do_no_harm() -> None:
    content = a_file(PERFECT[:4], (*PERFECT, "more"), (*PERFECT, "", "")).encode()

    roster = read_roster(content)

    assert found(roster) == [(2, None, "cells-too-few"), (3, None, "cells-too-many")]
    assert [officer.row for officer in roster.rows] == [4]


def test_missing_unknown_and_repeated_columns_are_each_told() -> None:
    header = ("officer_reference", "Given Name", "first name", "shoe size", "sex", "unit")
    content = a_file(("1", "A", "B", "44", "nonsense", "training"), header=header).encode()

    roster = read_roster(content)

    assert found(roster) == [
        (1, "given_name", "column-twice"),
        (1, None, "column-unknown"),
        (1, "family_name", "column-missing"),
        (1, "language", "column-missing"),
        (1, "priority", "column-missing"),
        (2, "sex", "sex-unknown"),
    ]
    assert roster.rows == ()


def test_a_thousand_errors_are_all_told_with_row_and_column() -> None:
    faulty = [(f"JO-{n}", "Rania", "Specimen", "?", "cooks", "ar", str(n + 1)) for n in range(500)]

    roster = read_roster(a_file(*faulty).encode())

    assert len(roster.problems) == 1000
    assert {one.row for one in roster.problems} == set(range(2, 502))
    assert {one.column for one in roster.problems} == {"sex", "unit"}


def test_the_same_reference_or_priority_twice_names_the_first_row() -> None:
    again = ("JO-001", "Sami", "Specimen", "male", "training", "en", "١")

    roster = read_roster(a_file(PERFECT, again).encode())

    assert found(roster) == [
        (3, "officer_reference", "reference-twice"),
        (3, "priority", "priority-twice"),
    ]
    assert all("row 2" in one.message for one in roster.problems)


def test_m_beside_h_is_not_guessed() -> None:
    first = ("1", "A", "Specimen", "H", "training", "es", "1")
    second = ("2", "B", "Specimen", "M", "training", "es", "2")

    roster = read_roster(a_file(first, second).encode())

    assert found(roster) == [(3, "sex", "sex-ambiguous")]


def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens() -> None:
    text = a_file(PERFECT, ("2", '"Sami', *PERFECT[2:]), ("3", *PERFECT[1:]))

    roster = read_roster(text.encode())

    assert found(roster) == [(3, None, "quote-not-closed")]


def test_quotation_marks_that_do_not_pair_up_cost_one_row_only() -> None:
    text = a_file(("2", '"Sami" the fox', *PERFECT[2:]), PERFECT)

    roster = read_roster(text.encode())

    assert found(roster) == [(2, None, "row-unreadable")]
    assert [officer.row for officer in roster.rows] == [3]


def test_a_cell_beyond_the_limit_of_the_reader_is_a_problem() -> None:
    text = a_file(("1", "A" * 140_000, *PERFECT[2:]), ("2", "A" * 300, *PERFECT[2:]))

    roster = read_roster(text.encode())

    assert found(roster) == [(2, None, "cell-too-long"), (3, "given_name", "value-too-long")]


def test_too_much_is_refused_with_one_problem() -> None:
    rows = [(str(n), *PERFECT[1:6], str(n)) for n in range(1, MOST_ROWS + 2)]

    too_many_rows = read_roster(a_file(*rows).encode())
    too_large = read_roster(b"a" * (MOST_BYTES + 1))
    too_wide = read_roster(b"," * 4_000_000 + b"x")

    assert found(too_many_rows) == [(0, None, "too-many-rows")]
    assert found(too_large) == [(0, None, "file-too-large")]
    assert found(too_wide) == [(1, None, "too-many-columns")]


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b",,,\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(content: bytes) -> None:
    roster = read_roster(content)

    assert found(roster) == [(0, None, "file-empty")]


def test_a_header_without_officers_says_so() -> None:
    roster = read_roster(a_file().encode())

    assert found(roster) == [(0, None, "no-officers")]


def test_no_message_repeats_what_stood_in_a_cell() -> None:
    secret = "Zzyzx"
    header = (*ENGLISH, "email", "phone", "sms", "rank_band", secret)

    roster = read_roster(a_file([secret] * 12, [secret] * 12, [secret] * 3, header=header).encode())

    assert len(roster.problems) > 10
    assert not any(secret in str(one) for one in roster.problems)


@given(st.binary(max_size=400))
@settings(max_examples=500, deadline=None)
def test_random_bytes_never_raise(content: bytes) -> None:
    roster = read_roster(content, region="JO")

    assert roster.problems


@given(
    cells=st.lists(st.lists(st.text(max_size=20), min_size=10, max_size=10), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "cp1256"]),
)
@settings(max_examples=300, deadline=None)
def test_any_text_in_any_cell_never_raises(cells: list[list[str]], encoding: str) -> None:
    header = [*ENGLISH, "email", "phone", "sms"]
    written = StringIO(newline="")
    csv.writer(written).writerows([header, *cells])

    roster = read_roster(written.getvalue().encode(encoding, "replace"), region="EG")

    assert roster.problems or roster.rows


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
@settings(max_examples=300, deadline=None)
def test_a_name_is_kept_to_the_byte_or_refused(name: str) -> None:
    roster = read_roster(with_cell("given_name", name.replace('"', '""')).encode())

    if roster.rows:
        assert roster.rows[0].given_name == name
    else:
        assert {one.column for one in roster.problems} == {"given_name"}
