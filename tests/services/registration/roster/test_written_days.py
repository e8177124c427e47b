"""A day in every usual writing; what can be read two ways is never guessed."""

from datetime import date

import pytest
from babel import Locale

from services.registration.roster.folding import folded
from services.registration.roster.months import LOCALES, month_words
from services.registration.roster.rows import Fault
from services.registration.roster.written_days import (
    Evidence,
    Written,
    evidence_of,
    read_date,
)

JUNE = date(2018, 6, 28)
SURE = [
    *("2018-06-28", "2018/6/28", "2018-06-28 00:00:00", "2018-06-28T10:00:00Z", "43279"),
    *("28 June 2018", "28-Jun-18", "June 28, 2018", "Thursday, 28 June 2018", "28th of June 2018"),
    *("24-28 June 2018", "24–28 June 2018", "June 24-28, 2018", "28 juin 2018", "28 de junio 2018"),
    *("du 24 au 28 juin 2018", "del 24 al 28 de junio de 2018", "25 May – 28 June 2018"),
    *("٢٨ حزيران ٢٠١٨", "28 يونيو 2018", "28 جوان 2018", "من 24 إلى 28 يونيو 2018 م"),
    "\u200f28 حزيران 2018",
]


@pytest.mark.parametrize("text", SURE)
def test_one_day_in_every_usual_writing(text: str) -> None:
    assert read_date(text) == Written(JUNE, JUNE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 2018", date(2018, 6, 30)),
        ("06/2018", date(2018, 6, 30)),
        ("2018-02", date(2018, 2, 28)),
        ("Jun-18", date(2018, 6, 30)),
        ("2018", date(2018, 12, 31)),
        ("كانون الثاني 2018", date(2018, 1, 31)),
        ("يناير 2018", date(2018, 1, 31)),
        ("جانفي 2018", date(2018, 1, 31)),
        ("تشرين الثاني ٢٠١٧", date(2017, 11, 30)),
        ("تموز 2018", date(2018, 7, 31)),
        ("يوليو 2018", date(2018, 7, 31)),
        ("جويلية 2018", date(2018, 7, 31)),
        ("يوليوز 2018", date(2018, 7, 31)),
        ("غشت 2018", date(2018, 8, 31)),
        ("28 June 2018 - 2 July 2018", date(2018, 7, 2)),
    ],
)
def test_a_month_or_a_year_is_its_last_day(text: str, day: date) -> None:
    assert read_date(text) == Written(day, day)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("03/04/2018", Written(date(2018, 4, 3), date(2018, 3, 4))),
        ("03.04.18", Written(date(2018, 4, 3), date(2018, 3, 4))),
        ("24/06/2018 - 28/06/2018", Written(JUNE, None)),
        ("06-28-2018", Written(None, JUNE)),
        ("04/04/2018", Written(date(2018, 4, 4), date(2018, 4, 4))),
    ],
)
def test_figures_are_read_both_ways(text: str, written: Written) -> None:
    assert read_date(text) == written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("14/10/1439", "date-is-hijri"),
        ("14 رمضان 1439", "date-is-hijri"),
        ("1439هـ", "date-is-hijri"),
        ("31/02/2018", "date-not-readable"),
        ("45 June 2018", "date-not-readable"),
        ("June", "date-not-readable"),
        ("28 June", "date-not-readable"),
        ("Amman 2018", "date-not-readable"),
        ("12345678", "date-not-readable"),
        ("-", "date-not-readable"),
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str, code: str) -> None:
    fault = read_date(text)

    assert isinstance(fault, Fault)
    assert fault.code == code


@pytest.mark.parametrize(
    ("cells", "evidence", "order"),
    [
        (["03/04/2018", "28/06/2018"], Evidence(1, 0, 1), "day-first"),
        (["03/04/2018", "06/28/2018"], Evidence(0, 1, 1), "month-first"),
        (["03/04/2018", "05/06/2018", ""], Evidence(0, 0, 2), None),
        (["03/04/2018", "28/06/2018", "06/28/2018"], Evidence(1, 1, 1), None),
        (["2018-06-28", "04/04/2018"], Evidence(0, 0, 0), None),
    ],
)
def test_a_column_tells_its_order_by_what_can_be_read_one_way_only(
    cells: list[str], evidence: Evidence, order: str | None
) -> None:
    found = evidence_of(cells)

    assert (found, found.order) == (evidence, order)


def test_no_word_is_the_name_of_two_months() -> None:
    found: dict[str, set[int]] = {}
    for name in LOCALES:
        for kinds in Locale.parse(name).months.values():
            for month, word in [*kinds["wide"].items(), *kinds["abbreviated"].items()]:
                found.setdefault(folded(word), set()).add(month)

    assert {word: months for word, months in found.items() if len(months) > 1} == {}
    assert all(months == {month_words()[word]} for word, months in found.items() if len(word) > 1)
