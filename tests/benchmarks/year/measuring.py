"""Runs the year in each mode, and says how fast it went, in how much memory, and what was lost."""

import asyncio
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

from tests.benchmarks.servers import bench_servers

from . import accounting, organisation
from .asking import House, client
from .installations import Installed, distributed, embedded
from .memory import Memory
from .playing import play

OFFICERS = 11_000
MODES = ("embedded", "distributed")
BOUNDED_BY = (
    "500 rows a turn of the relay, 50 messages a turn of a queue or in a prefetch window, 20 jobs "
    "a claim of which 8 run at once, 500 items a page, 2 MB of pages a connection to SQLite (5 a "
    "file) or 16 connections to PostgreSQL, caches of statements, templates, locales and fonts"
)
"""What bounds memory, whatever the number of officers."""
MEMORY = {"memory_mb", "process_mb"}


def run(size: int = OFFICERS, *, modes: Sequence[str] = MODES) -> dict[str, Any]:
    """The figures of a year of so many officers."""
    return asyncio.run(_run(size, modes))


def table(result: Mapping[str, Any]) -> str:
    """The same for people."""
    measured = {mode: result[mode] for mode in MODES if mode in result}
    names = [name for name in next(iter(measured.values())) if name not in MEMORY]
    lines = [f"{'the year':22}" + "".join(f"{mode:>14}" for mode in measured)]
    lines += [
        f"{name:22}" + "".join(f"{figures[name]!s:>14}" for figures in measured.values())
        for name in names
    ]
    for mode, figures in measured.items():
        grown = ", ".join(f"{at} {size} MB" for at, size in figures["memory_mb"].items())
        lines.append(f"memory, {mode}: {grown}")
        lines += [f"  {name}: {_at_marks(name, figures)}" for name in figures["process_mb"]["full"]]
    return "\n".join([*lines, f"memory is bounded by: {result['bounded_by']}"])


def _at_marks(process: str, figures: Mapping[str, Any]) -> str:
    return ", ".join(f"{each[process]} MB" for each in figures["process_mb"].values())


async def _run(size: int, modes: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {"officers": 0, "bounded_by": BOUNDED_BY}
    _stop_when_told()
    for mode in modes:
        with tempfile.TemporaryDirectory(prefix="cadre-year-") as folder:
            async with AsyncExitStack() as held:
                result[mode] = await _measured(size, await _started(mode, Path(folder), held))
        result["officers"] = max(result["officers"], result[mode]["officers"])
    return result


def _stop_when_told() -> None:
    """Told to end, end as for Ctrl-C: no installation goes on serving."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def _started(mode: str, folder: Path, held: AsyncExitStack) -> Installed:
    if mode == "embedded":
        return await held.enter_async_context(embedded(folder))
    servers = held.enter_context(bench_servers())
    return await held.enter_async_context(
        distributed(folder, servers.postgresql.address, servers.rabbitmq)
    )


async def _measured(size: int, installed: Installed) -> dict[str, Any]:
    memory = Memory(lambda: installed.processes)
    async with client(installed.origin) as http:
        house = House(installed.origin, installed.issuer, http)
        founded = await organisation.found(house)
        watching = asyncio.create_task(memory.watch())
        memory.mark("start")
        started = time.monotonic()
        courses = await play(founded, size, memory)
        seconds = time.monotonic() - started
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        account = await accounting.keep(founded, courses, seconds)
    largest, of_process = memory.largest
    told = ("officers", "nominated", "completed", "emails", "sms", "events", "seconds")
    return {
        **{name: account[name] for name in told},
        "officers_per_second": round(account["officers"] / seconds, 2),
        "events_per_second": round(account["events"] / seconds, 1),
        "peak_memory_mb": round(memory.peak, 1),
        "processes": len(installed.processes),
        "largest_process_mb": round(largest, 1),
        "largest_process": of_process,
        "memory_mb": memory.at,
        "process_mb": memory.of_each,
        **{name: account[name] for name in ("lost", "doubled", "unsettled")},
    }
