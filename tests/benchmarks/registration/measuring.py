"""Asks one call of a served registration on PostgreSQL, and the same call with a tenth of it."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from shared.database import Database
from shared.process.loop import run_in_loop
from tests.benchmarks.registration.large_call import LargeCall, a_large_call
from tests.benchmarks.registration.promoting import seconds_to_pass_seats_on
from tests.servers.databases import fresh_database
from tests.servers.postgresql import running_postgresql
from tests.services.registration.building import TABLES, a_registration
from tests.services.registration.served import served

ROUNDS = 30
FEWEST = 100
"""With fewer nominations there is no second page of them, and no seat that nobody may have."""
PAGE = {
    "call": "/calls/{call}",
    "seats": "/calls/{call}/seats",
    "quotas": "/calls/{call}/quotas",
    "nominees": "/calls/{call}/nominations?limit=50",
    "waiting_list": "/calls/{call}/waiting-list?limit=50",
    "held_seats": "/calls/{call}/seats/held",
}
"""What the page of a call needs, asked one after the other."""
BESIDE = {
    "nominees_later": "/calls/{call}/nominations?limit=50&after={after}",
    "ways_out": "/calls/{call}/seats/held/ways-out",
    "seat_history": "/calls/{call}/seats/{held}/history",
    "page_html": "/calls/{call}/page",
}


def run(size: int = 5_000) -> dict[str, Any]:
    """Every figure, with so many nominations and, as a base line, with a tenth of them; with no
    fewer than there have to be."""
    size, fewer = max(size, FEWEST), max(size // 10, FEWEST)
    with running_postgresql(durable=True) as postgresql:
        large = run_in_loop(_measure(postgresql.address, size))
        small = run_in_loop(_measure(postgresql.address, fewer))
    growth = {
        f"{name}_growth": round(large[f"{name}_median_ms"] / small[f"{name}_median_ms"], 1)
        for name in ("call_page", *PAGE, *BESIDE)
    }
    base = {f"tenth_{name}": value for name, value in small.items()}
    return {
        "nominations": size,
        "fewer": fewer,
        **large,
        **growth,
        **base,
        "postgresql": postgresql.origin,
    }


async def _measure(postgresql: str, size: int) -> dict[str, float]:
    async with _large_call(postgresql, size) as (call, coordinator):
        promoted = await seconds_to_pass_seats_on(call)
        asked = await _ask(call, coordinator)
    return {**_told(asked), **_told(promoted)}


@asynccontextmanager
async def _large_call(
    postgresql: str, size: int
) -> AsyncIterator[tuple[LargeCall, httpx.AsyncClient]]:
    async with fresh_database(postgresql) as url:
        await _make_tables(url)
        async with a_registration(url) as registration:
            call = await a_large_call(registration, size)
            async with (
                served(registration.service) as origin,
                httpx.AsyncClient(
                    base_url=origin, headers=call.course.coordinator.headers, timeout=60
                ) as coordinator,
            ):
                yield call, coordinator


async def _make_tables(url: str) -> None:
    database = Database(url)
    async with database.writing() as connection:
        for metadata in TABLES:
            await connection.run_sync(metadata.create_all)
    await database.close()


async def _ask(call: LargeCall, coordinator: httpx.AsyncClient) -> Mapping[str, list[float]]:
    """Seconds of each answer; of the page those of all that it needs."""
    seconds: dict[str, list[float]] = {name: [] for name in ("call_page", *PAGE, *BESIDE)}
    first = (await coordinator.get(PAGE["nominees"].format(call=call.call_id))).json()
    known = {"call": call.call_id, "after": first["next"], "held": call.held_seat}
    for _ in range(ROUNDS):
        for name, path in (PAGE | BESIDE).items():
            began = perf_counter()
            answer = await coordinator.get(path.format(**known))
            seconds[name].append(perf_counter() - began)
            answer.raise_for_status()
        seconds["call_page"].append(sum(seconds[name][-1] for name in PAGE))
        sys.stderr.write(f"the page of a call: {seconds['call_page'][-1] * 1000:,.0f} ms\n")
    return seconds


def _told(seconds: Mapping[str, list[float]]) -> dict[str, float]:
    told: dict[str, float] = {}
    for name, several in seconds.items():
        told[f"{name}_median_ms"] = round(median(several) * 1000, 1)
        told[f"{name}_p95_ms"] = round(sorted(several)[int(len(several) * 0.95)] * 1000, 1)
    return told
