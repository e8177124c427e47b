"""What is written in bulk comes out as it went in, and is refused as it is one by one."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from shared.database import Amount, insert_all, insert_new
from tests.shared.database.kept import column, kept, opened, place
from tests.shared.database.test_columns import DOCUMENTS, MOMENTS


async def test_rows_written_together_come_back_as_they_were(database_url: str) -> None:
    full = {
        "identity": uuid4(),
        "at": MOMENTS[1],
        "sum": Amount(Decimal("163850.00"), "USD"),
        "names": {"ar": "الأردن", "en": "Jordan"},
    }
    rows: list[dict[str, Any]] = [
        {"id": number, **(full if number % 2 else dict.fromkeys(full)), "document": document}
        for number, document in enumerate([*DOCUMENTS, [["a"], ["b", "c"]], None], start=1)
    ]

    async with opened(database_url) as database:
        async with database.writing() as connection:
            await insert_all(connection, kept, rows)

        async with database.reading() as connection:
            found = (await connection.execute(select(kept).order_by(kept.c.id))).mappings().all()

    assert [dict(row) for row in found] == rows


async def test_rows_are_numbered_in_the_order_they_were_given(database_url: str) -> None:
    rows = [{"at": datetime(2018, 1, number, tzinfo=UTC)} for number in (9, 2, 31, 5)]

    async with opened(database_url) as database:
        async with database.writing() as connection:
            await insert_all(connection, kept, rows)

        in_order = await column(database, select(kept.c.at).order_by(kept.c.id))

    assert in_order == [row["at"] for row in rows]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_a_text_longer_than_its_column_is_refused_and_not_cut_off(database_url: str) -> None:
    too_long = {"room": "r" * 21, "seat": 1, "sequence": 1}

    async with opened(database_url) as database, database.writing() as connection:
        with pytest.raises(Exception, match="too long"):
            await insert_new(connection, place, [too_long])
