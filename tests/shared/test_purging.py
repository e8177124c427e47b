"""What was kept so that nothing happens twice goes when nothing can come back; the rest stays."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select

from shared import purging
from shared.context import Context, Outcome, Work
from shared.ids import new_id
from shared.jobs import Later, cancel, claim, finish, plan
from shared.purging import purge, purge_now_and_then
from shared.tables import deferred, inbox, job, stored_answer
from tests.shared.house import NOW, SERVICE, open_context

LONG_AGO = datetime.now(UTC) - timedelta(days=90, minutes=1)
LATELY = datetime.now(UTC) - timedelta(days=89)


async def insert(context: Context, table: Table, *rows: Mapping[str, Any]) -> None:
    async with context.database.writing() as connection:
        for row in rows:
            await connection.execute(table.insert().values(**row))


async def kept(context: Context, table: Table, column: str) -> list[Any]:
    query = select(table.c[column]).order_by(table.c[column])
    async with context.database.reading() as connection:
        return list((await connection.execute(query)).scalars())


def taken(event_id: str, at: datetime, consumer: str = "registration") -> dict[str, Any]:
    return {
        "consumer": consumer,
        "source": "urn:x",
        "event_id": event_id,
        "digest": "d",
        "taken_at": at,
    }


def set_aside(event_id: str, consumer: str = "registration") -> dict[str, Any]:
    letter = {"id": new_id(), "consumer": consumer, "source": "urn:x", "event_id": event_id}
    letter |= {"type": "t", "body": b"{}", "digest": "d", "state": "parked", "reason": "failed"}
    return letter | {"error": "", "attempt": 8, "due_at": LONG_AGO, "first_at": LONG_AGO}


def an_answer(key: str, kept_until: datetime) -> dict[str, Any]:
    answer = {"principal": "x", "address": "a", "key": key, "digest": "", "status": 200}
    return answer | {"body": b"{}", "kept_until": kept_until}


async def test_events_taken_in_are_known_for_ninety_days(database_url: str) -> None:
    async with open_context(database_url) as context:
        await insert(context, inbox, taken("old", LONG_AGO), taken("young", LATELY))

        await purge(context)

        assert await kept(context, inbox, "event_id") == ["young"]


async def test_event_that_may_be_replayed_is_known_for_as_long_as_it_may(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await insert(context, inbox, taken("parked", LONG_AGO), taken("parked", LONG_AGO, "other"))
        await insert(context, deferred, set_aside("parked"))

        await purge(context)

        assert await kept(context, inbox, "consumer") == ["registration"]

        async with context.database.writing() as connection:
            await connection.execute(deferred.delete())
        await purge(context)
        assert await kept(context, inbox, "consumer") == []


async def test_finished_work_goes_after_ninety_days_and_failed_work_stays(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        await do_and_cancel(context, "old")
        async with context.database.writing() as connection:
            await connection.execute(
                job.update().where(job.c.finished_at.is_not(None)).values(finished_at=LONG_AGO)
            )
            failed = {"state": "failed", "finished_at": None, "retry_at": LONG_AGO}
            await connection.execute(job.update().where(job.c.key == "failed old").values(**failed))
        await do_and_cancel(context, "young")

        await purge(context)

        assert await kept(context, job, "key") == [
            "cancelled young",
            "done young",
            "failed old",
            "failed young",
            "waiting old",
            "waiting young",
        ]


async def do_and_cancel(context: Context, when: str) -> None:
    """A job that is done, one that is cancelled, one to fail, and one that waits."""

    async def plan_four(work: Work) -> Outcome:
        later = NOW + timedelta(days=1)
        due = {"done": NOW, "cancelled": later, "failed": later, "waiting": later}
        await plan(work, *(Later("x", f"{name} {when}", {}, due[name]) for name in due))
        await cancel(work, "x", f"cancelled {when}")
        return None

    await context.commit(plan_four, actor=SERVICE, correlation_id="c-1")
    (one,) = await claim(context)

    async def finish_one(work: Work) -> Outcome:
        await finish(work, one)
        return None

    await context.commit(finish_one, actor=SERVICE, correlation_id="c-1")


async def test_answers_go_when_their_time_is_over(database_url: str) -> None:
    async with open_context(database_url) as context:
        now = datetime.now(UTC)
        await insert(
            context,
            stored_answer,
            an_answer("over", now - timedelta(seconds=1)),
            an_answer("good", now + timedelta(minutes=1)),
        )

        await purge(context)

        assert await kept(context, stored_answer, "key") == ["good"]


async def test_everything_spent_goes_however_many_batches_it_fills(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "ROWS_AT_ONCE", 3)
    async with open_context(database_url) as context:
        await insert(context, inbox, *(taken(str(number), LONG_AGO) for number in range(10)))

        await asyncio.gather(*(purge(context) for _ in range(3)))

        assert await kept(context, inbox, "event_id") == []


async def test_worker_purges_now_and_then_whatever_went_wrong_and_ends_when_drained(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "SECONDS_BETWEEN_TURNS", 0.01)
    async with open_context(database_url) as context:
        machine, draining = context.clock.machine, asyncio.Event()
        monkeypatch.setattr(context.clock, "machine", lambda: None)
        await insert(context, inbox, taken("old", LONG_AGO))

        purging_task = asyncio.create_task(purge_now_and_then(context, draining))
        await asyncio.sleep(0.1)
        assert await kept(context, inbox, "event_id") == ["old"]
        monkeypatch.setattr(context.clock, "machine", machine)

        async with asyncio.timeout(10):
            while await kept(context, inbox, "event_id"):
                await asyncio.sleep(0.01)
            draining.set()
            await purging_task


async def test_nothing_is_purged_in_the_hour_in_which_what_was_left_behind_comes_again(
    database_url: str,
) -> None:
    async with open_context(database_url) as context:
        draining = asyncio.Event()
        await insert(context, inbox, taken("old", LONG_AGO))

        purging_task = asyncio.create_task(purge_now_and_then(context, draining))
        await asyncio.sleep(0.1)
        draining.set()
        await purging_task

        assert await kept(context, inbox, "event_id") == ["old"]
