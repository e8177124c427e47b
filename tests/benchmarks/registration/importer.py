"""One import in a process of its own: ours, or as it is first written.

`python -m tests.benchmarks.registration.importer ours|past|naive|naive_reading DATABASE_URL FILE`
tells seconds, rows and how many megabytes more it needed, as JSON.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import func, select

from services.registration.tables import nomination
from shared.process.loop import run_in_loop
from tests.benchmarks.registration.naive_import import import_naively, read_naively
from tests.benchmarks.registration.roster_files import write_file
from tests.benchmarks.year.memory import resident
from tests.services.registration.building import Registration, a_registration
from tests.services.registration.course import Course, a_course

SECONDS_BETWEEN_SAMPLES = 0.02
BYTES_AT_ONCE = 64 * 1024
ROWS_TO_WARM_UP = 300


@dataclass
class Growth:
    """How much more memory was resident at the worst moment than at the beginning (megabytes)."""

    began: float = field(default_factory=lambda: resident(os.getpid()))
    peak: float = 0.0

    @property
    def megabytes(self) -> float:
        """The growth."""
        return round(max(self.peak - self.began, 0), 1)


@contextmanager
def memory_watched() -> Iterator[Growth]:
    """Sample the memory of this process."""
    growth, over = Growth(), threading.Event()

    def sample() -> None:
        while not over.wait(SECONDS_BETWEEN_SAMPLES):
            growth.peak = max(growth.peak, resident(os.getpid()))

    watcher = threading.Thread(target=sample)
    watcher.start()
    try:
        yield growth
    finally:
        over.set()
        watcher.join()


async def measure(contender: str, url: str, file: str) -> dict[str, Any]:
    """Import a small file of another party to warm up, then this one."""
    path = Path(file)
    async with a_registration(url) as registration:
        course = await a_course(registration)
        with TemporaryDirectory() as folder:
            small = await asyncio.to_thread(
                write_file, Path(folder), path.suffix[1:], ROWS_TO_WARM_UP
            )
            await _ours(course, small, "TN")
        with memory_watched() as growth:
            began = perf_counter()
            match contender:
                case "ours":
                    told = await _ours(course, path)
                case "past":
                    told = await _past(course, path)
                case "naive":
                    told = await import_naively(url, course.call_id, path)
                case _:
                    told = {"read": len(read_naively(path))}
            seconds = perf_counter() - began
        rows = await _nominated(registration)
    return {"rows": rows, **told, "seconds": round(seconds, 2), "growth_mb": growth.megabytes}


async def _ours(course: Course, path: Path, party: str = "JO") -> dict[str, Any]:
    """Sent, read by a job, confirmed, carried out by a job."""
    began = perf_counter()
    address = f"/calls/{course.call_id}/imports?party={party}"
    sent = (await course.points[party].post(address, content=_pieces(path))).json()
    await course.registration.does_jobs()
    read = perf_counter()
    this = f"/imports/{sent['id']}"
    answer = await course.points[party].post(f"{this}/confirmation", json={})
    answer.raise_for_status()
    await course.registration.does_jobs()
    written = perf_counter()
    assert (await course.points[party].get(this)).json()["state"] == "done"
    return {
        "id": sent["id"],
        "read_seconds": round(read - began, 2),
        "write_seconds": round(written - read, 2),
    }


async def _past(course: Course, path: Path) -> dict[str, Any]:
    """Past participations by the same steps; who is not known is made known."""
    began, jordan = perf_counter(), course.points["JO"]
    sent = (await jordan.post("/history/imports?party=JO", content=_pieces(path))).json()
    await course.registration.does_jobs()
    read = perf_counter()
    this = f"/history/imports/{sent['id']}"
    create = {"create_officers": {"language": "ar"}}
    (await jordan.post(f"{this}/confirmation", json=create)).raise_for_status()
    await course.registration.does_jobs()
    done = (await jordan.get(this)).json()
    return {
        "rows": done["result"]["recorded"],
        "read_seconds": round(read - began, 2),
        "write_seconds": round(perf_counter() - read, 2),
    }


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(BYTES_AT_ONCE):
            yield piece


async def _nominated(registration: Registration) -> int:
    mine = nomination.c.party == "JO"
    async with registration.database.reading() as connection:
        query = select(func.count()).select_from(nomination).where(mine)
        return int((await connection.execute(query)).scalar_one())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_in_loop(measure(*sys.argv[1:]))) + "\n")
