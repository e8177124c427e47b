"""A consumer that comes later is filled by what is announced, and sends nothing of the past."""

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest_asyncio

from services.reporting.tables import archive
from shared.contracts import CONTRACTS
from shared.contracts.stated import STATED
from shared.messaging.transport import PACK_EVENTS
from shared.outsiders import METADATA as SHARED
from tests.conftest import PreparedDatabase
from tests.journeys.moved import TABLES, Moved, moved, read
from tests.played import Played

PROJECTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "registration": frozenset({"project", "activity", "calendar"})
        | {"enrolment", "attendance", "certificate", "participation"},
        "scheduling": frozenset(
            {"party", "person", "nomination", "channel", "staff_assignment", "outsider", "alias"}
        ),
        "notifications": frozenset(
            {"person", "activity", "session", "enrolment", "calendar"}
            | {"channel", "staff_assignment", "outsider", "alias"}
        ),
        "reporting": frozenset(
            {"party", "project", "activity", "call", "nomination", "enrolment", "session"}
            | {"attendance", "message", "channel", "staff_assignment", "outsider", "alias"}
            | {"certificate", "selection", "nomination_step", "past_participation"}
        ),
    }
)
"""What each service keeps of what others tell, and may lose."""
WHOLE = frozenset(name for name, event_type in CONTRACTS.items() if event_type.whole)


@pytest_asyncio.fixture
async def course(
    played_course: Played, tmp_path: Path, prepared_database: PreparedDatabase
) -> AsyncIterator[Moved]:
    """The course at its end."""

    async def url_of(service: str) -> str:
        return await prepared_database(SHARED, TABLES[service])

    async with moved(played_course.copied_to(tmp_path / "course"), url_of) as services:
        yield services


async def test_what_a_consumer_has_lost_is_announced_to_it_and_nobody_is_written_to(
    course: Moved, tmp_path: Path
) -> None:
    before = await course.rows()
    for service, tables in PROJECTIONS.items():
        await course.empties(service, tables)
    emptied = await course.rows()

    await course.announces()
    travelled = await course.delivers()

    filled = await course.rows()
    assert {key for key in before if before[key] and not emptied[key]} >= {
        ("notifications", "person"),
        ("registration", "calendar"),
        ("reporting", "attendance"),
        ("scheduling", "nomination"),
    }
    assert {key for key in before if filled[key] != before[key]} == set()
    assert set(travelled) <= {one.type for one in STATED}
    assert not await course.set_aside()

    await hand_over_the_past(course, tmp_path / "course")

    assert await course.rows() == before


async def test_who_knows_it_all_learns_nothing_from_an_announcement(course: Moved) -> None:
    before = await course.rows()

    first = await course.announces()
    await course.delivers()
    second = await course.announces()
    travelled = await course.delivers()

    assert first == second == len(travelled) > 500
    assert await course.rows() == before
    assert not await course.set_aside()


async def hand_over_the_past(course: Moved, folder: Path) -> None:
    """Every whole state that was ever told, from the archive, the last events first."""
    bodies: dict[str, list[bytes]] = {}
    for row in reversed(await read(folder / "reporting.sqlite", archive)):
        if row.type in WHOLE:
            bodies.setdefault(row.type, []).append(json.dumps(row.body).encode())
    for event_type, several in bodies.items():
        for first in range(0, len(several), PACK_EVENTS):
            await course.hands_over(event_type, *several[first : first + PACK_EVENTS])
