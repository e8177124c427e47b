"""What was made once stands in the next database as if it had been asked for there."""

from typing import Any

import pytest

from services.registration.tables import nomination
from shared.tables import outbox
from tests.conftest import PreparedDatabase
from tests.services.registration.building import TABLES, Registration, a_registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course
from tests.services.registration.made_once import made_once


@pytest.mark.both_databases
async def test_the_next_service_goes_on_from_the_same_state(
    prepared_database: PreparedDatabase,
) -> None:
    asked: list[Registration] = []

    @made_once
    async def a_nominee(registration: Registration, number: int) -> tuple[Course, dict[str, Any]]:
        asked.append(registration)
        course = await a_course(registration)
        nominated = await course.nominates("JO", number)
        await registration.moves_to(AFTER_THE_DEADLINE)
        await registration.said()
        return course, nominated

    stood, went_on = [], []
    for _ in range(2):
        async with a_registration(await prepared_database(*TABLES)) as registration:
            course, nominated = await a_nominee(registration, 7)
            stood.append((nominated, await everything_in(registration)))
            await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
            said = await registration.said()
            rows = await registration.rows(outbox)
            went_on.append((said, rows[-1]["position"], await registration.rows(nomination)))
    async with a_registration(await prepared_database(*TABLES)) as registration:
        await a_nominee(registration, 8)

    assert len(asked) == 2
    assert stood[0] == stood[1]
    assert len(stood[0][1]["audit"]) > 10
    assert len(went_on[0][0]) == 1
    assert went_on[0] == went_on[1]


async def everything_in(registration: Registration) -> dict[str, Any]:
    """All rows, by table."""
    tables = [one for part in TABLES for one in part.sorted_tables]
    found = {table.name: await registration.rows(table) for table in tables}
    return {name: rows for name, rows in found.items() if rows}
