"""Everything that is counted, by the name under which it is read. Each also names the service.

Labels take few values: types of events, consumers, kinds, states, templates of addresses. Never
what identifies anybody or anything.
"""

from dataclasses import dataclass
from typing import Literal

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Up to where durations are told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One thing that is counted: its name for Prometheus, and what it means."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    meaning: str
    labels: tuple[str, ...] = ()


COMMITTED = Measure("cadre_events_committed_total", "counter", "Events put out.", ("type",))
PUBLISHED = Measure(
    "cadre_events_published_total", "counter", "Events that left the outbox, confirmed.", ("type",)
)
HANDLED = Measure("cadre_events_handled_total", "counter", "Events taken in.", ("consumer", "type"))
STALE = Measure(
    "cadre_events_stale_total",
    "counter",
    "Events of those taken in that told of an earlier state than the one kept.",
    ("consumer", "type"),
)
DUPLICATES = Measure(
    "cadre_inbox_duplicates_total",
    "counter",
    "Events that came again and had no second effect.",
    ("consumer", "type"),
)
DEFERRED = Measure(
    "cadre_events_deferred_total",
    "counter",
    "Events kept to be tried again.",
    ("consumer", "type", "reason"),
)
RETRIED = Measure(
    "cadre_events_retried_total",
    "counter",
    "Tries of events that were kept, by how they went.",
    ("consumer", "type", "outcome"),
)
PARKED = Measure(
    "cadre_events_parked_total",
    "counter",
    "Events set aside for a person.",
    ("consumer", "type", "reason"),
)
JOBS_ENDED = Measure(
    "cadre_jobs_ended_total", "counter", "Tries of jobs, by how they went.", ("kind", "outcome")
)
REQUESTS = Measure(
    "cadre_http_request_seconds",
    "histogram",
    "Seconds until an answer began.",
    ("method", "route", "status"),
)
RELAY_LEADS = Measure("cadre_relay_leads", "gauge", "1 where this process relays.")
ROLE = Measure(
    "cadre_role", "gauge", "1 for each role of the service that this process has.", ("role",)
)
READY = Measure("cadre_ready", "gauge", "1 where this process is ready.")
DATABASE_ANSWERS = Measure("cadre_database_answers", "gauge", "1 where the figures could be read.")
CONNECTIONS = Measure(
    "cadre_database_connections", "gauge", "Connections of the pool that are in use."
)
CONNECTIONS_MOST = Measure(
    "cadre_database_connections_most", "gauge", "Connections that the pool may lend at once."
)
OUTBOX = Measure("cadre_outbox_events", "gauge", "Events that wait to be published.")
OUTBOX_AGE = Measure(
    "cadre_outbox_oldest_seconds", "gauge", "How long the oldest of them waits; 0 where none does."
)
LETTERS = Measure(
    "cadre_deferred_events",
    "gauge",
    "Events that wait for a fact, are held for a person, or are parked.",
    ("consumer", "type", "state"),
)
JOBS = Measure("cadre_jobs", "gauge", "Jobs that are not over.", ("kind", "state"))
JOBS_LATE = Measure(
    "cadre_jobs_oldest_due_seconds", "gauge", "How long ago the oldest job came due; 0 for none."
)
DELIVERIES = Measure(
    "cadre_deliveries", "gauge", "Messages to people, by where they stand.", ("channel", "state")
)
