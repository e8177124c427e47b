"""What waits for too long, or for a person, is seen."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Table

from shared.context import Context
from shared.doctor import waiting
from shared.ids import new_id
from shared.tables import deferred, job, outbox
from tests.shared.house import NOW, open_context

MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def context(database_url: str) -> AsyncIterator[Context]:
    """A service in which nothing has happened."""
    async with open_context(database_url) as made:
        yield made


async def test_nothing_waits_in_a_service_at_rest(context: Context) -> None:
    found = [await check.look() for check in waiting.checks_of(context)]

    assert [one.level for one in found] == ["ok"] * 4


@pytest.mark.parametrize(("minutes", "level"), [(0, "ok"), (2, "warning"), (30, "wrong")])
async def test_outbox_that_nobody_carries_out_is_seen(
    context: Context, minutes: int, level: str
) -> None:
    staged = {"event_id": new_id(), "type": "t", "body": b"{}", "staged_at": ago(minutes)}
    await write(context, outbox, staged)

    assert (await waiting.outbox_is_carried_out(context)).level == level


@pytest.mark.parametrize(("minutes", "level"), [(5, "ok"), (90, "warning")])
async def test_event_that_waits_for_a_fact_for_hours_is_seen(
    context: Context, minutes: int, level: str
) -> None:
    await write(context, deferred, a_letter("waiting", minutes))

    assert (await waiting.what_waits_finds_its_fact(context)).level == level


@pytest.mark.parametrize("state", ["parked", "held"])
async def test_event_that_waits_for_a_person_is_seen(context: Context, state: str) -> None:
    await write(context, deferred, a_letter(state, 0))

    found = await waiting.nothing_is_set_aside(context)

    said = "1 events are parked, 0" if state == "parked" else "0 events are parked, 1"
    assert (found.level, found.words.startswith(said)) == ("warning", True)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"state": "waiting"}, "ok"),
        ({"state": "failed"}, "warning"),
        ({"state": "waiting", "retry_minutes": 30}, "wrong"),
        ({"state": "running", "lease_minutes": 30}, "wrong"),
    ],
)
async def test_job_that_is_late_or_was_given_up_is_seen(
    context: Context, changed: dict[str, Any], level: str
) -> None:
    row = a_job(changed["state"], changed.get("retry_minutes", 0), changed.get("lease_minutes"))
    await write(context, job, row)

    assert (await waiting.jobs_are_done(context)).level == level


def ago(minutes: int) -> datetime:
    """A moment of the machine's clock."""
    return datetime.now(UTC) - minutes * MINUTE


def a_letter(state: str, minutes: int) -> dict[str, Any]:
    """An event set aside."""
    named = {"consumer": "c", "source": "s", "event_id": "e", "type": "t", "digest": "d"}
    told = {"state": state, "reason": "not-yet-known", "error": "", "attempt": 1, "body": b"{}"}
    return {"id": new_id(), **named, **told, "due_at": ago(0), "first_at": ago(minutes)}


def a_job(state: str, retry: int, lease: int | None) -> dict[str, Any]:
    """A job that is due by the story's clock."""
    named = {"id": new_id(), "kind": "k", "key": "k", "payload": {}, "correlation_id": "c"}
    clocks = {"due_at": NOW, "retry_at": ago(retry), "lease_until": lease and ago(lease)}
    return {**named, **clocks, "state": state, "attempt": 1, "interrupted": False}


async def write(context: Context, table: Table, row: dict[str, Any]) -> None:
    """Put a row where a fault would leave it."""
    async with context.database.writing() as connection:
        await connection.execute(table.insert().values(row))
