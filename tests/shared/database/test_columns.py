"""What goes into a column comes out of it, the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from shared.database import Amount, NaiveTime
from shared.database.columns import AmountIsNotFinite
from tests.shared.database.kept import column, keep, kept, opened

MOMENTS = [
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(1066, 10, 14, 9, 0, 0, 5, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2018, 6, 24, 6, 0, tzinfo=UTC),
    datetime(2018, 6, 24, 6, 0, 0, 1, tzinfo=UTC),
    datetime(2018, 6, 24, 6, 0, 1, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC),
]
DOCUMENTS: list[Any] = [
    {"ar": "مكافحة الاتجار بالبشر", "en": "a\tb\n“c” \\ /", "emoji": "🎓", "empty": ""},
    {"z": 1, "a": {"b": [1, 2.5, True, None, {"deep": []}], "a": "١٢٣"}},
    [3, 1, 2],
    "text",
    7,
    9_007_199_254_740_993,
    0.1,
    True,
    False,
    {},
    [],
]


async def test_moment_comes_back_aware_in_utc_to_the_microsecond(database_url: str) -> None:
    async with opened(database_url) as database:
        amman = timezone(timedelta(hours=3))
        local = datetime(2018, 6, 24, 9, 0, 0, 123_456, tzinfo=amman)

        await keep(database, {"at": local}, {"at": None}, *({"at": one} for one in MOMENTS))

        back = await column(database, select(kept.c.at).order_by(kept.c.id))
        assert back == [local, None, *MOMENTS]
        assert {one.tzinfo for one in back if one} == {UTC}
        assert back[0].isoformat() == "2018-06-24T06:00:00.123456+00:00"


async def test_moments_sort_and_compare_in_sql_as_time_does(database_url: str) -> None:
    async with opened(database_url) as database:
        await keep(database, *({"at": one} for one in reversed(MOMENTS)))
        noon_in_amman = datetime(2018, 6, 24, 9, 0, tzinfo=timezone(timedelta(hours=3)))

        in_order = await column(database, select(kept.c.at).order_by(kept.c.at))
        until = select(kept.c.at).where(kept.c.at <= noon_in_amman).order_by(kept.c.at)
        exactly = select(func.count()).where(kept.c.at == noon_in_amman)
        last = await column(database, select(func.max(kept.c.at)))

        assert in_order == MOMENTS
        assert await column(database, until) == MOMENTS[:4]
        assert await column(database, exactly) == [1]
        assert last == [MOMENTS[-1]]


async def test_time_without_a_zone_is_refused(database_url: str) -> None:
    async with opened(database_url) as database:
        naive = datetime(2018, 6, 24, 9, 0)  # noqa: DTZ001

        with pytest.raises(StatementError) as refused:
            await keep(database, {"at": naive})

        assert isinstance(refused.value.orig, NaiveTime)
        assert await column(database, select(kept.c.at)) == []


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("99999999999999.99", "99999999999999.99"),
        ("-99999999999999.99", "-99999999999999.99"),
        ("163850.00", "163850.00"),
        ("0.1", "0.1"),
        ("1E+5", "100000"),
        ("1.50E-3", "0.00150"),
        ("123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ],
)
async def test_sum_of_money_is_kept_to_the_digit(
    value: str, digits: str, database_url: str
) -> None:
    async with opened(database_url) as database:
        amount = Amount(Decimal(value), "USD")

        await keep(database, {"sum": amount}, {"sum": None})

        back = await column(database, select(kept.c.sum).order_by(kept.c.id))
        assert back == [amount, None]
        assert str(back[0]) == f"{digits} USD"


@pytest.mark.parametrize(
    ("value", "currency"),
    [("NaN", "USD"), ("Infinity", "USD"), ("1", ""), ("1", "US D"), ("1", "DOLLARS"), ("1", "U1")],
)
def test_sum_that_is_no_sum_is_refused(value: str, currency: str) -> None:
    with pytest.raises(AmountIsNotFinite):
        Amount(Decimal(value), currency)


async def test_id_comes_back_whether_given_as_id_or_as_text(database_url: str) -> None:
    async with opened(database_url) as database:
        identity = uuid4()

        await keep(database, {"identity": identity}, {"identity": str(identity).upper()})

        same = select(kept.c.identity).where(kept.c.identity == identity)
        listed = select(kept.c.identity).where(kept.c.identity.in_([str(identity)]))
        assert await column(database, same) == [identity, identity]
        assert await column(database, listed) == [identity, identity]
        assert isinstance((await column(database, same))[0], UUID)


async def test_ids_sort_alike_on_both_databases(database_url: str) -> None:
    async with opened(database_url) as database:
        identities = [uuid4() for _ in range(50)]

        await keep(database, *({"identity": one} for one in identities))

        in_order = await column(database, select(kept.c.identity).order_by(kept.c.identity))
        assert in_order == sorted(identities)


@pytest.mark.parametrize("document", DOCUMENTS, ids=repr)
async def test_document_comes_back_as_it_was(document: Any, database_url: str) -> None:
    async with opened(database_url) as database:
        await keep(database, {"document": document})

        (back,) = await column(database, select(kept.c.document))

        assert back == document
        assert type(back) is type(document)


async def test_same_document_is_equal_in_sql_whatever_the_order_of_its_keys(
    database_url: str,
) -> None:
    async with opened(database_url) as database:
        await keep(database, {"document": {"b": 1, "a": {"d": 2, "c": 3}}})

        same = select(kept.c.id).where(kept.c.document == {"a": {"c": 3, "d": 2}, "b": 1})

        assert await column(database, same) == [1]


async def test_no_document_is_null_and_not_the_word_null(database_url: str) -> None:
    async with opened(database_url) as database:
        await keep(database, {"document": None, "names": None}, {"document": {"a": None}})

        absent = select(kept.c.id).where(kept.c.document.is_(None), kept.c.names.is_(None))

        assert await column(database, absent) == [1]
        assert await column(database, select(kept.c.document).where(kept.c.id == 2)) == [
            {"a": None}
        ]


async def test_text_in_four_languages_is_kept(database_url: str) -> None:
    async with opened(database_url) as database:
        names = {"ar": "الأردن", "en": "Jordan", "fr": "Jordanie", "es": "Jordania"}

        await keep(database, {"names": names})

        assert await column(database, select(kept.c.names)) == [names]
