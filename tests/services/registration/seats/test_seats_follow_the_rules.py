"""Whatever happens to the seats of a call, in whatever order, it is what the plain rules say."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.engine import make_url

from shared.process.loop import run_in_loop
from tests.servers.databases import sqlite_database
from tests.servers.prepared import PreparedDatabases
from tests.services.registration.building import TABLES, Registration, a_registration
from tests.services.registration.course import Course, a_course, who_takes_part
from tests.services.registration.seats.machine import SeatsOfACall

EXAMPLES = {"sqlite": 8, "postgresql": 2}
STEPS = 25
TOLD_BEFORE = 100
"""So many events at most were heard while the course was set up."""


@pytest.mark.both_databases
def test_seats_are_as_the_rules_say_whatever_happens(
    database_kind: str, prepared_databases: PreparedDatabases, tmp_path: Path
) -> None:
    numbers = count()

    async def set_up() -> str:
        url = await prepared_databases.file(tmp_path, "course", *TABLES)
        async with a_registration(url) as registration:
            await a_course(registration, seats=0)
        return str(make_url(url).database)

    course_file = run_in_loop(set_up()) if database_kind == "sqlite" else ""

    @asynccontextmanager
    async def fresh() -> AsyncIterator[Course]:
        if course_file:
            url = sqlite_database(tmp_path, f"example-{next(numbers)}")
            shutil.copyfile(course_file, str(make_url(url).database))
            async with a_registration(url) as registration:
                registration.told = TOLD_BEFORE
                yield await known(registration)
        else:
            async with (
                prepared_databases.lent(*TABLES) as url,
                a_registration(url) as registration,
            ):
                yield await a_course(registration, seats=0)

    async def known(registration: Registration) -> Course:
        await registration.said()
        return who_takes_part(registration)

    class Seats(SeatsOfACall):
        pass

    Seats.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=EXAMPLES[database_kind],
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
