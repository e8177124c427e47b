"""(a) How fast a full queue is taken in, each event once: ours, a plain FastStream, Celery."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import make_url

from shared.messaging.rabbit import RabbitTransport
from shared.messaging.relay import ROWS_PER_TURN, pack_rows
from tests.benchmarks.contenders.single_confirm import fill

from .children import ROOT, child
from .ground import Ground, peer_queue

CONSUMER = "scheduling"
TASKS = "tests.benchmarks.contenders.celery_tasks"
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
"""Celery lives apart from the product."""


async def ours(ground: Ground, rows: Sequence[Any], *, rows_per_turn: int = ROWS_PER_TURN) -> float:
    """Events a second of one worker, in messages as the relay makes them of so many rows."""
    transport = RabbitTransport(ground.broker_url)
    turns = [rows[first : first + rows_per_turn] for first in range(0, len(rows), rows_per_turn)]
    packs = [packed.message for turn in turns for packed in pack_rows(turn)]
    for first in range(0, len(packs), ROWS_PER_TURN):
        assert all(await transport.publish(packs[first : first + ROWS_PER_TURN]))
    await transport.close()
    place = (CONSUMER, ground.url_of(CONSUMER), ground.broker_url)
    async with child("tests.benchmarks.contenders.ours", "worker", *place):
        return await _rate(ground, len(rows))


async def unpacked(ground: Ground, rows: Sequence[Any]) -> float:
    """The same, one event a message: as the relay sends them when there is little to tell."""
    return await ours(ground, rows, rows_per_turn=1)


async def plain_faststream(ground: Ground, rows: Sequence[Any]) -> float:
    """Events a second of one subscriber, a transaction each."""
    queue = peer_queue(CONSUMER)
    await fill(ground.broker_url, queue, [row.body for row in rows])
    place = (ground.url_of(CONSUMER), ground.broker_url, queue)
    async with child("tests.benchmarks.contenders.plain_faststream", *place):
        return await _rate(ground, len(rows))


async def celery(ground: Ground, rows: Sequence[Any]) -> float:
    """Tasks a second of a worker with as many processes as there are processors."""
    plain_url = make_url(ground.url_of(CONSUMER)).set(drivername="postgresql")
    told = {
        "BENCH_DATABASE_URL": plain_url.render_as_string(hide_password=False),
        "BENCH_BROKER_URL": ground.broker_url,
        "PYTHONWARNINGS": "ignore",
    }
    async with child(TASKS, python=PEERS_PYTHON, environment=told) as sender:
        await sender.communicate(b"".join(row.body + b"\n" for row in rows))
    calm = ("--loglevel=ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = ("-A", TASKS, "worker", *calm)
    async with child("celery", *worker, python=PEERS_PYTHON, environment=told):
        return await _rate(ground, len(rows))


async def _rate(ground: Ground, number: int) -> float:
    await ground.until_kept(number, CONSUMER)
    return await ground.rate(CONSUMER)
