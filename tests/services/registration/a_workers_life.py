"""A process to kill: does the jobs of registration until there are none.

`python -m tests.services.registration.a_workers_life DATABASE_URL ROWS`: imports go on by so many
rows in each transaction.
"""

import asyncio
import sys

from services.registration.app import build
from services.registration.imports import steps
from shared import jobs
from shared.database import Database
from shared.settings import Settings
from shared.web.tokens import trusting
from tests.services.registration.building import ISSUER, ORIGIN, Nowhere, Registration


async def live(url: str, rows: int) -> None:
    """Take up what a claimant that died left behind, then all that is due."""
    go_on_by(rows)
    database = Database(url)
    settings = Settings("test", ORIGIN, b"a key of links", trusting(ISSUER), story=True)
    registration = Registration(build(settings, Nowhere(), database), database)
    await jobs.release_all(registration.service.context)
    while await registration.does_jobs():
        pass
    await database.close()


def go_on_by(rows: int) -> None:
    """Have each transaction of an import read, write or undo so many rows."""
    vars(steps).update(rows_at_once=lambda _state: rows)


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1], int(sys.argv[2])))
