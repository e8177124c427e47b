"""The tables that every service keeps beside its own, for messages, jobs, answers and records."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from shared.database.columns import Document, Id, Instant

METADATA = MetaData()
_counter = BigInteger().with_variant(Integer, "sqlite")

outbox = Table(
    "outbox",
    METADATA,
    Column("position", _counter, primary_key=True, autoincrement=True),
    Column("event_id", Id, nullable=False),
    Column("type", String(120), nullable=False),
    Column("person_id", Id),
    Column("body", LargeBinary, nullable=False),
    Column("staged_at", Instant, nullable=False),
    Index("outbox_person", "person_id"),
)

aggregate_sequence = Table(
    "aggregate_sequence",
    METADATA,
    Column("aggregate", String(200), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

event_count = Table(
    "event_count",
    METADATA,
    Column("direction", String(12), primary_key=True),  # committed, purged, taken-in, stale
    Column("consumer", String(60), primary_key=True),
    Column("type", String(120), primary_key=True),
    Column("shard", Integer, primary_key=True),
    Column("events", BigInteger, nullable=False),
)

inbox = Table(
    "inbox",
    METADATA,
    Column("consumer", String(60), primary_key=True),
    Column("source", String(200), primary_key=True),
    Column("event_id", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("answer", Document),  # what the sender was told, where one waits for an answer
)

deferred = Table(
    "deferred",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("consumer", String(60), nullable=False),
    Column("source", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("type", String(200), nullable=False),
    Column("person_id", Id),
    Column("body", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(10), nullable=False),  # waiting, held, parked
    Column("reason", String(60), nullable=False),
    Column("error", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("tried_since", Instant),  # since when in vain, where a person had it tried anew
    Column("awaits", Text),  # what a held one waits for, a line each; not said: for anything
    UniqueConstraint("consumer", "source", "event_id", "digest", name="deferred_once"),
    Index("deferred_due", "state", "due_at"),
    Index("deferred_person", "person_id"),
)

job = Table(
    "job",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("kind", String(60), nullable=False),
    Column("key", String(200), nullable=False),
    Column("person_id", Id),
    Column("payload", Document, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, running, done, failed, cancelled
    Column("due_at", Instant, nullable=False),
    Column("retry_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("attempt", Integer, nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("correlation_id", String(64), nullable=False),
    Column("traceparent", String(55)),  # of what caused it, where there are traces
    Column("error", Text),
    Column("finished_at", Instant),  # by the machine's clock, when it was done or cancelled
    UniqueConstraint("kind", "key", name="job_once"),
    Index("job_due", "state", "due_at", "id"),
    Index("job_person", "person_id", "kind", "state"),
)

stored_answer = Table(
    "stored_answer",
    METADATA,
    Column("principal", String(200), primary_key=True),
    Column("address", String(64), primary_key=True),  # a digest: addresses hold secrets
    Column("key", String(200), primary_key=True),
    Column("person_id", Id),
    Column("digest", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("etag", String(80)),
    Column("body", LargeBinary, nullable=False),
    Column("kept_until", Instant, nullable=False),
    Index("stored_answer_person", "person_id"),
    Index("stored_answer_kept", "kept_until"),
)

audit = Table(
    "audit",
    METADATA,
    Column("position", _counter, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("subject", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("party", String(20)),
    Column("action", String(80), nullable=False),
    Column("object", String(300), nullable=False),
    Column("outcome", String(10), nullable=False),  # done, refused, denied
    Column("refusal", String(80)),
    Column("correlation_id", String(64), nullable=False),
)

broker_binding = Table(
    "broker_binding",
    METADATA,
    Column("exchange", String(60), primary_key=True),
    Column("routing_key", String(200), primary_key=True),
)

tombstone = Table(
    "tombstone",
    METADATA,
    Column("person_id", Id, primary_key=True),
    Column("erased_at", Instant, nullable=False),
)

story = Table(
    "story",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("now", Instant, nullable=False),
)

file = Table(
    "file",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("person_id", Id),
    Column("media_type", String(80), nullable=False),
    Column("name", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("file_person", "person_id"),
)
