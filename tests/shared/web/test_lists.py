"""Lists come in pages of a stable order, whatever the type of the columns they are ordered by."""

import base64
import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shared.ids import new_id
from shared.web.lists import Place, listed, place_before
from tests.shared.web.diary import Diary
from tests.shared.web.diary_api import ORDERS, entry

MANY = 23
BEGIN = datetime(2018, 6, 24, 6, 0, 0, 5, tzinfo=UTC)


async def keep_many(diary: Diary) -> None:
    """Entries of which several share each value they are ordered by."""
    rows = [
        {
            "id": new_id(),
            "words": ["الف", "O'Brien", "a b", "é"][number % 4],
            "number": number % 3 - 1,
            "large": 2**40 * (number % 2),
            "mood": "calm",
            "on": (BEGIN + timedelta(days=number % 5)).date(),
            "at": BEGIN + timedelta(microseconds=number % 4),
            "version": 1,
        }
        for number in range(MANY)
    ]
    async with diary.context.database.writing() as connection:
        await connection.execute(entry.insert(), rows)


async def pages(diary: Diary, order: str, limit: int) -> list[list[str]]:
    found, after = [], ""
    while True:
        query = f"/entries?order={order}&limit={limit}{after}"
        answer = await diary.ask("GET", query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found.append([item["id"] for item in page["items"]])
        if page.get("next") is None:
            return found
        after = f"&after={page['next']}"


def place(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("order", sorted(ORDERS))
async def test_pages_together_are_the_whole_list_in_order(order: str, diary: Diary) -> None:
    await keep_many(diary)
    async with diary.context.database.reading() as connection:
        query = select(entry.c.id).order_by(*ORDERS[order])
        whole = [str(one) for one in (await connection.execute(query)).scalars()]

    by_one, by_five = await pages(diary, order, 1), await pages(diary, order, 5)

    assert [len(page) for page in by_five] == [5, 5, 5, 5, 3]
    assert [one for page in by_one for one in page] == whole
    assert [one for page in by_five for one in page] == whole


@pytest.mark.parametrize("order", sorted(ORDERS))
async def test_the_page_before_is_found_from_every_page(order: str, diary: Diary) -> None:
    await keep_many(diary)
    starts: list[str | None] = [None]
    async with diary.context.database.reading() as connection:
        turn = partial(listed, connection, select(entry), order=ORDERS[order], show=str)
        while (page := await turn(Place(limit=5, after=starts[-1]))).next:
            starts.append(page.next)

        before = [
            await place_before(
                connection, select(entry), Place(limit=5, after=one), order=ORDERS[order]
            )
            for one in starts
        ]

    assert len(starts) == 5
    assert before == [None, *starts[:-1]]


async def test_list_whose_end_falls_on_a_page_says_that_it_ends(diary: Diary) -> None:
    await keep_many(diary)

    whole = await diary.ask("GET", f"/entries?limit={MANY}")
    empty = await diary.ask(
        "GET", f"/entries?after={place('f' * 8 + '-ffff-7fff-8fff-' + 'f' * 12)}"
    )

    assert len(whole.json()["items"]) == MANY
    assert whole.json()["next"] is None
    assert empty.json() == {"items": [], "next": None}


async def test_what_is_added_between_two_pages_moves_nothing(diary: Diary) -> None:
    await keep_many(diary)
    first = (await diary.ask("GET", "/entries?limit=10&order=id")).json()
    await diary.write()

    second = (await diary.ask("GET", f"/entries?limit=50&after={first['next']}")).json()

    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == MANY + 1


NO_PLACES = {
    "id": ["", "x", "%00", "ünïcode", "e30", "W10", "bnVsbA", place(), place(1), place(None),
           place("x"), place("\0"), place("\ud800"), place(["a"]), place({"a": 1}), place(True),
           place("1" * 36), place(str(new_id()), 1), "W" * 400, place(float("nan"))],
    "at": [place("x", str(new_id())), place("2018-06-24T06:00:00", str(new_id())),
           place("0001-01-01T00:00:00+14:00", str(new_id())), place(5, str(new_id())),
           place("9999-12-31T23:59:59-14:00", str(new_id())), place("2018-06-24", "x")],
    "on": [place("2018-02-30", str(new_id())), place(1, str(new_id())), place("", str(new_id()))],
    "number": [place("1", 1, str(new_id())), place(1.5, 1, str(new_id())),
               place(2**31, 1, str(new_id())), place(True, 1, str(new_id())),
               place(1, 2**63, str(new_id())), place(1, 10**30, str(new_id()))],
    "words": [place("a\0b", str(new_id())), place("a\nb", str(new_id())), place(1, str(new_id()))],
}  # fmt: skip


@pytest.mark.parametrize("order", sorted(NO_PLACES))
async def test_place_that_this_list_did_not_give_out_is_refused(order: str, diary: Diary) -> None:
    await keep_many(diary)

    for after in NO_PLACES[order]:
        answer = await diary.ask("GET", "/entries", params={"order": order, "after": after})

        expected = 200 if after == "" else 422
        assert (after, answer.status_code) == (after, expected), answer.text


async def test_no_text_as_a_place_is_ever_a_fault_of_ours(diary: Diary) -> None:
    await keep_many(diary)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers() | st.text() | st.none() | st.floats(), max_size=3))
    def examples(values: list[Any]) -> None:
        collected.append(place(*values))

    collected: list[str] = []
    examples()

    for after in collected:
        for order in ("id", "at", "words", "number"):
            answer = await diary.ask("GET", "/entries", params={"order": order, "after": after})
            assert answer.status_code in (200, 400, 422), (order, after)
