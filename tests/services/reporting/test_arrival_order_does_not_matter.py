"""Whatever the order, and however often facts arrive, the same is kept and shown."""

import random
from typing import Any

import pytest

from services.reporting.tables import METADATA
from shared.rights import channel, staff_assignment
from tests.services.reporting.building import Reporting
from tests.services.reporting.small_course import AMAL, small_course

TABLES = [one for one in METADATA.sorted_tables if one.name != "archive"]


@pytest.mark.parametrize("seed", range(3))
async def test_shuffled_and_doubled_deliveries_end_in_the_same_tables(
    reporting: Reporting, seed: int
) -> None:
    events = small_course()
    letters = [(event.type, reporting.encoded(event)) for event in events]
    shuffled = letters * 2
    random.Random(seed).shuffle(shuffled)

    for event_type, body in shuffled:
        await reporting.receives(event_type, body)
    first = await everything(reporting)
    for event_type, body in letters:
        await reporting.receives(event_type, body)

    assert await everything(reporting) == first
    assert {name: len(rows) for name, rows in first.items()} == {
        "activity": 1,
        "archive": len(events),
        "attendance": 7,
        "call": 1,
        "certificate": 1,
        "channel": 1,
        "enrolment": 2,
        "message": 3,
        "nomination": 4,
        "nomination_step": 5,
        "party": 3,
        "past_participation": 0,
        "project": 1,
        "selection": 1,
        "session": 3,
        "staff_assignment": 1,
    }
    statuses = {row["status"] for row in first["enrolment"]}
    assert statuses == {"completed", "failed"}


async def test_many_facts_of_one_nomination_in_one_message_keep_the_newest(
    reporting: Reporting,
) -> None:
    submitted = AMAL.seated()[0]
    bodies = [reporting.encoded(submitted) for _ in range(3)]

    await reporting.receives(submitted.type, *reversed(bodies))

    (row,) = (await everything(reporting))["nomination"]
    assert row["sequence"] == 3


async def everything(reporting: Reporting) -> dict[str, list[dict[str, Any]]]:
    from_events = {
        table.name: await reporting.rows(table) for table in (*TABLES, channel, staff_assignment)
    }
    archived = await reporting.rows(METADATA.tables["archive"])
    for row in archived:
        row.pop("position")
    return {**from_events, "archive": sorted(archived, key=lambda row: str(row["event_id"]))}
