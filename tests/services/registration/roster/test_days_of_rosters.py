"""Days in a roster: as ISO writes them, or in the forms of the field, and never guessed."""

from datetime import date

import pytest

from services.registration.roster.dates import day, day_or_year
from services.registration.roster.rows import Fault

LAST_OF_MARCH = date(2010, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        *("2010-03-31", "31/03/2010", "31.03.2010", "31-3-2010", "31 / 3 / 2010", "03/31/2010"),
        *("\u0663\u0661/\u0660\u0663/\u0662\u0660\u0661\u0660", " 31.3.2010 "),
    ],
)
def test_a_day_that_can_be_read_one_way_is_taken(text: str) -> None:
    assert day(text) == LAST_OF_MARCH
    assert day_or_year(text) == LAST_OF_MARCH


def test_a_day_that_is_the_same_both_ways_is_sure() -> None:
    assert day("05/05/2010") == date(2010, 5, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2010", "date-ambiguous"),
        ("31/13/2010", "day-not-usable"),
        ("31/03/10", "day-not-usable"),
        ("30.02.2010", "day-not-usable"),
        ("31/03/1438", "date-is-hijri"),
        ("2010-02-30", "day-not-usable"),
        ("yesterday", "day-not-usable"),
    ],
)
def test_all_else_is_refused_with_the_reason(text: str, code: str) -> None:
    found = day(text)

    assert isinstance(found, Fault)
    assert found.code == code


def test_of_a_year_alone_the_first_day_is_meant_where_that_is_enough() -> None:
    assert day_or_year("2010") == date(2010, 1, 1)
    assert isinstance(day("2010"), Fault)
