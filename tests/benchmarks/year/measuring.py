"""Runs the year in each mode, and says how fast it went, in how much memory, and what was lost."""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

from tests.servers.broker import Broker
from tests.servers.postgresql import running_postgresql
from tests.servers.rabbitmq import running_rabbitmq

from . import accounting, organisation
from .asking import House, client
from .installations import Installed, distributed, embedded
from .memory import Memory
from .playing import play

MODES = ("embedded", "distributed")
BOUNDED_BY = (
    "500 rows a turn of the relay, 50 messages a turn of a queue or in a prefetch window, 20 jobs "
    "a claim of which 8 run at once, 500 items a page, caches of statements and templates"
)
"""What bounds memory, whatever the number of officers."""


def run(size: int, *, modes: Sequence[str] = MODES) -> dict[str, Any]:
    """The figures of a year of so many officers."""
    return asyncio.run(_run(size, modes))


def table(result: Mapping[str, Any]) -> str:
    """The same for people."""
    measured = {mode: result[mode] for mode in MODES if mode in result}
    names = [name for name in next(iter(measured.values())) if name != "memory_mb"]
    lines = [f"{'the year':22}" + "".join(f"{mode:>14}" for mode in measured)]
    lines += [
        f"{name:22}" + "".join(f"{figures[name]!s:>14}" for figures in measured.values())
        for name in names
    ]
    for mode, figures in measured.items():
        grown = ", ".join(f"{at} {size} MB" for at, size in figures["memory_mb"].items())
        lines.append(f"memory, {mode}: {grown}")
    return "\n".join([*lines, f"memory is bounded by: {result['bounded_by']}"])


async def _run(size: int, modes: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {"officers": size, "bounded_by": BOUNDED_BY}
    for mode in modes:
        with tempfile.TemporaryDirectory(prefix="cadre-year-") as folder:
            async with AsyncExitStack() as held:
                result[mode] = await _measured(size, await _started(mode, Path(folder), held))
    return result


async def _started(mode: str, folder: Path, held: AsyncExitStack) -> Installed:
    if mode == "embedded":
        return await held.enter_async_context(embedded(folder))
    postgresql = held.enter_context(running_postgresql())
    rabbitmq = held.enter_context(running_rabbitmq())
    assert isinstance(rabbitmq, Broker)
    return await held.enter_async_context(distributed(folder, postgresql.address, rabbitmq))


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
        **{name: account[name] for name in ("lost", "doubled", "unsettled")},
    }
