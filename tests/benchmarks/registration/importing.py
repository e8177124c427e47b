"""Imports on PostgreSQL: rows a second and memory; of rosters beside how it is first written."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.database import Database
from shared.process.loop import run_in_loop
from tests.benchmarks.messaging.children import child
from tests.benchmarks.registration.roster_files import KINDS, write_file, write_past
from tests.servers.databases import fresh_database
from tests.servers.postgresql import running_postgresql
from tests.services.registration.building import TABLES

ROWS = 20_000
FEWER = 10
"""A tenth shows how memory grows; and the naive are as slow with few rows as with many."""
IMPORTER = "tests.benchmarks.registration.importer"


def run_imports(rows: int = ROWS) -> dict[str, Any]:
    """Every figure of imports, on a server of its own."""
    with running_postgresql(durable=True) as postgresql, TemporaryDirectory() as folder:
        return run_in_loop(_measure(postgresql.address, Path(folder), rows))


async def _measure(postgresql: str, folder: Path, rows: int) -> dict[str, Any]:
    figures: dict[str, Any] = {"import_rows": rows}
    few = max(rows // FEWER, 1)
    for kind in KINDS:
        files = {
            size: await asyncio.to_thread(write_file, folder, kind, size) for size in (rows, few)
        }
        many = await _imported(postgresql, "ours", files[rows])
        some = await _imported(postgresql, "ours", files[few])
        naive = await _imported(postgresql, "naive", files[few])
        whole = await _imported(postgresql, "naive_reading", files[rows])
        rate, naive_rate = many["rows"] / many["seconds"], naive["rows"] / naive["seconds"]
        figures |= {
            f"import_{kind}_rows_per_second": round(rate),
            f"import_{kind}_read_seconds": many["read_seconds"],
            f"import_{kind}_write_seconds": many["write_seconds"],
            f"import_{kind}_growth_mb": many["growth_mb"],
            f"import_{kind}_growth_mb_of_a_tenth": some["growth_mb"],
            f"import_{kind}_naive_rows_per_second": round(naive_rate),
            f"import_{kind}_naive_growth_mb": whole["growth_mb"],
            f"import_{kind}_vs_naive": round(rate / naive_rate, 1),
        }
    return figures | await _past(postgresql, folder, rows, few)


async def _past(postgresql: str, folder: Path, rows: int, few: int) -> dict[str, Any]:
    files = [await asyncio.to_thread(write_past, folder, size) for size in (rows, few)]
    many, some = [await _imported(postgresql, "past", file) for file in files]
    return {
        "import_past_rows_per_second": round(many["rows"] / many["seconds"]),
        "import_past_read_seconds": many["read_seconds"],
        "import_past_write_seconds": many["write_seconds"],
        "import_past_growth_mb": many["growth_mb"],
        "import_past_growth_mb_of_a_tenth": some["growth_mb"],
    }


async def _imported(postgresql: str, contender: str, file: Path) -> Mapping[str, Any]:
    async with _fresh(postgresql) as url, child(IMPORTER, contender, url, str(file)) as process:
        assert process.stdout is not None
        told: dict[str, Any] = json.loads(await process.stdout.readline())
    sys.stderr.write(f"{contender}, {file.name}: {json.dumps(told)}\n")
    return told


@asynccontextmanager
async def _fresh(postgresql: str) -> AsyncIterator[str]:
    async with fresh_database(postgresql) as url:
        database = Database(url)
        async with database.writing() as connection:
            for metadata in TABLES:
                await connection.run_sync(metadata.create_all)
        await database.close()
        yield url
