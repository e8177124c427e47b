"""The peer of our consumer that many know: a Celery task with one idempotent insert.

It runs in an environment of its own, with Celery and psycopg and nothing of ours. Run as a module
it sends a task for each event on its input.
"""

import json
import os
import sys
from typing import Any

import psycopg
from celery import Celery
from celery.signals import worker_process_init

INSERT = """
INSERT INTO nomination (nomination_id, call_id, person_id, party, unit, priority, status,
    submitted_at, sequence)
VALUES (%(nomination_id)s, %(call_id)s, %(person_id)s, %(party)s, %(unit)s, %(priority)s,
    %(status)s, %(submitted_at)s, 1)
ON CONFLICT DO NOTHING
"""

app = Celery("peer", broker=os.environ["BENCH_BROKER_URL"])
app.conf.update(
    task_acks_late=True,
    task_default_queue="celery",
    task_default_queue_type="quorum",
    task_ignore_result=True,
    worker_prefetch_multiplier=32,
    worker_send_task_events=False,
)
_held: dict[str, Any] = {}


@worker_process_init.connect  # type: ignore[untyped-decorator]
def connect(**_: Any) -> None:
    """One connection for each process of the pool."""
    _held["connection"] = psycopg.connect(os.environ["BENCH_DATABASE_URL"], autocommit=True)


@app.task(name="keep_nomination")  # type: ignore[untyped-decorator]
def keep_nomination(event: dict[str, Any]) -> None:
    """Keep one nomination; keeping it again changes nothing."""
    _held["connection"].execute(INSERT, event["data"])


if __name__ == "__main__":
    for line in sys.stdin:
        keep_nomination.delay(json.loads(line))
