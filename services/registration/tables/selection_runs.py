"""Runs of the selection: computed, changed with a reason, approved and concluded."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    text,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

_STANDS = text("state IN ('waiting', 'running', 'published', 'proposed', 'approved', 'concluded')")

selection_run = Table(
    "selection_run",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("method", String(10), nullable=False),  # merit, lottery
    Column("state", String(12), nullable=False),  # the words of domain/run_states.py
    Column("pool_digest", String(64)),
    Column("progress", Document, nullable=False),
    Column("result", Document),
    Column("failure", Document),
    Column("made_by", String(64), nullable=False),  # the digest of who signed in
    Column("made_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("computed_at", Instant),
    Column("approved_by", String(64)),
    Column("approved_at", Instant),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    Index("selection_run_number", "call_id", "number", unique=True),
    Index(
        "selection_run_stands",
        "call_id",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
)

selection_override = Table(
    "selection_override",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("run_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("leaves_id", Id),  # the nomination that is no longer chosen
    Column("comes_id", Id),  # the one that is chosen instead
    Column("missed", Document, nullable=False),
    Column("reason", String(1000)),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("selection_override_number", "run_id", "number", unique=True),
)
