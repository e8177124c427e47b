"""Runs the contenders in turn, several times over, and compares their medians."""

import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import select

from shared.process.loop import run_in_loop
from shared.tables import outbox
from tests.benchmarks.contenders.nominations import CONSUMERS, PUBLISHER
from tests.benchmarks.contenders.ours import import_nominations, service_on
from tests.benchmarks.servers import BenchServers, bench_servers

from . import chains, consumers, relays
from .ground import Ground, ground
from .latency import idle_latencies

ROUNDS = 3
FEWER = 5
"""The slow get fewer of the same events: what counts is events a second."""
FEWEST = 200
IDLE_EVENTS = 100
Contender = Callable[[], Awaitable[float]]


def run(size: int = 10_000) -> dict[str, Any]:
    """Every figure, on servers of its own, with so many events for what is fast."""
    with bench_servers() as servers:
        return run_in_loop(_run(servers, size))


async def _run(servers: BenchServers, size: int) -> dict[str, Any]:
    rates: dict[str, list[float]] = defaultdict(list)
    async with ground(servers, consumers.CONSUMER) as one:
        rows = await _staged(one, size)
        for _ in range(ROUNDS):
            await _take_turns(rates, one, _on_one(one, rows))
    async with ground(servers, *CONSUMERS) as three:
        for _ in range(ROUNDS):
            await _take_turns(rates, three, _on_three(three, size))
        await three.clear()
        async with chains.our_chain(three) as importer:
            latencies = await idle_latencies(three, importer, min(IDLE_EVENTS, size))
    told = {"events": size, "bytes": len(rows[0].body), **_told(servers)}
    return figures_of(rates, latencies) | told


def _on_one(place: Ground, rows: Sequence[Any]) -> Mapping[str, Contender]:
    few = rows[: max(len(rows) // FEWER, FEWEST)]
    return {
        "consumer": partial(consumers.ours, place, rows),
        "consumer_unpacked": partial(consumers.unpacked, place, few),
        "faststream": partial(consumers.plain_faststream, place, few),
        "celery": partial(consumers.celery, place, few),
        "relay": partial(relays.ours, place, len(rows)),
        "relay_unpacked": partial(relays.unpacked, place, len(few)),
        "single_confirm": partial(relays.single_confirm, place, few),
    }


def _on_three(place: Ground, size: int) -> Mapping[str, Contender]:
    return {
        "chain": partial(chains.ours, place, size),
        "chain_naive": partial(chains.naive, place, max(size // FEWER // FEWER, FEWEST)),
    }


async def _take_turns(
    rates: dict[str, list[float]], place: Ground, contenders: Mapping[str, Contender]
) -> None:
    for name, measure in contenders.items():
        await place.clear()
        rates[name].append(await measure())
        sys.stderr.write(f"{name}: {rates[name][-1]:,.0f} events/s\n")


async def _staged(place: Ground, number: int) -> Sequence[Any]:
    """So many rows of an outbox, as our own code writes them."""
    async with service_on(PUBLISHER, place.url_of(PUBLISHER), place.broker_url) as service:
        await import_nominations(service.context, number)
        async with service.context.database.reading() as connection:
            rows = (await connection.execute(select(outbox).order_by("position"))).all()
    return rows


def figures_of(rates: Mapping[str, Sequence[float]], latencies: Sequence[float]) -> dict[str, Any]:
    """How many times as fast, and events a second of each contender."""
    middle = {name: median(several) for name, several in rates.items()}
    return {
        "consumer_vs_faststream": round(middle["consumer"] / middle["faststream"], 1),
        "consumer_vs_celery": round(middle["consumer"] / middle["celery"], 1),
        "relay_vs_single_confirm": round(middle["relay"] / middle["single_confirm"], 1),
        "chain_vs_naive": round(middle["chain"] / middle["chain_naive"], 1),
        "chain_events_per_second": round(middle["chain"]),
        "idle_latency_ms": round(median(latencies), 1),
        "idle_latency_p95_ms": round(sorted(latencies)[int(len(latencies) * 0.95)], 1),
        "consumer_unpacked_vs_faststream": round(
            middle["consumer_unpacked"] / middle["faststream"], 1
        ),
        "consumer_unpacked_vs_celery": round(middle["consumer_unpacked"] / middle["celery"], 1),
        "relay_unpacked_vs_single_confirm": round(
            middle["relay_unpacked"] / middle["single_confirm"], 1
        ),
        "events_per_second": {name: round(rate) for name, rate in middle.items()},
        "rounds": {name: [round(rate) for rate in several] for name, several in rates.items()},
    }


def _told(servers: BenchServers) -> dict[str, str]:
    return {"postgresql": servers.postgresql.origin, "rabbitmq": servers.rabbitmq.origin}
