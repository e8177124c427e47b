"""The figures as a table: what was compared, how fast each was, and how many times as fast ours."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.tables import columns

HEADINGS = ("", "events/s", "packed, ours is", "target", "unpacked, ours is")
LINES = (
    ("consumer: ours, packed", "consumer", None),
    ("consumer: ours, unpacked", "consumer_unpacked", None),
    ("  plain FastStream, a transaction an event", "faststream", "consumer"),
    ("  Celery, an idempotent insert a task", "celery", "consumer"),
    ("relay: ours, packed", "relay", None),
    ("relay: ours, unpacked", "relay_unpacked", None),
    ("  aio-pika, one confirm at a time", "single_confirm", "relay"),
    ("chain: ours", "chain", None),
    ("  naive: ORM, one by one", "chain_naive", "chain"),
)
TARGETS = {"faststream": 4, "celery": 5, "single_confirm": 8, "chain_naive": 20}


def table(figures: Mapping[str, Any]) -> str:
    """One line for each contender."""
    rates = figures["events_per_second"]
    rows = [_line(rates, *line) for line in LINES]
    told = (
        f"idle, commit to effect: median {figures['idle_latency_ms']} ms (target 15), "
        f"95 in 100 within {figures['idle_latency_p95_ms']} ms"
    )
    ground = (
        f"{figures['events']} events of {figures['bytes']} bytes, medians of several rounds; "
        f"PostgreSQL: {figures['postgresql']}; RabbitMQ: {figures['rabbitmq']}"
    )
    return "\n".join([columns(HEADINGS, rows), told, ground])


def _line(rates: Mapping[str, float], words: str, name: str, ours: str | None) -> tuple[str, ...]:
    rate = f"{rates[name]:,}"
    if ours is None:
        return words, rate, "", "", ""
    unpacked = rates.get(f"{ours}_unpacked")
    beside = f"× {unpacked / rates[name]:.1f}" if unpacked else ""
    return words, rate, f"× {rates[ours] / rates[name]:.1f}", f"× {TARGETS[name]}", beside
