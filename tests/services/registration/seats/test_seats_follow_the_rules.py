"""Whatever happens to the seats of a call, in whatever order, it is what the plain rules say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.servers.prepared import PreparedDatabases
from tests.services.registration.building import TABLES, a_registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.seats.machine import SeatsOfACall

EXAMPLES = {"sqlite": 8, "postgresql": 2}
STEPS = 25


@pytest.mark.both_databases
def test_seats_are_as_the_rules_say_whatever_happens(
    database_kind: str, prepared_databases: PreparedDatabases
) -> None:
    lent = {"sqlite": prepared_databases.lent_file, "postgresql": prepared_databases.lent}

    @asynccontextmanager
    async def fresh() -> AsyncIterator[Course]:
        async with lent[database_kind](*TABLES) as url, a_registration(url) as registration:
            course = await a_course(registration, seats=0)
            await registration.said()
            yield course

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
