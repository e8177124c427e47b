"""Screening: which projects ask for it, who was put on which list, and what came back. No grounds
are kept, nor any text of who vets."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from shared.database import Document, Id, Instant

from .metadata import METADATA

project_screening = Table(
    "project_screening",
    METADATA,
    Column("project_id", Id, primary_key=True),
    Column("asked_for", Boolean, nullable=False),
    Column("valid_days", Integer),
    Column("version", Integer, nullable=False),
)

screening = Table(
    "screening",
    METADATA,
    Column("nomination_id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("list_id", Id, nullable=False),
    Column("screening_reference", String(20), nullable=False, unique=True),  # says nothing
    Column(
        "state", String(20), nullable=False
    ),  # pending, cleared, not_cleared, expired, forgotten
    Column("started_on", Date, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("decided_at", Instant),
    Index("screening_list_of", "list_id"),
    Index("screening_call", "call_id"),
    Index("screening_project", "project_id"),
    Index("screening_person", "person_id"),
)

superseded_screening = Table(
    "superseded_screening",
    METADATA,
    Column("screening_reference", String(20), primary_key=True),
    Column("project_id", Id, nullable=False),
    Index("superseded_screening_project", "project_id"),
)
"""References of earlier lists, of nobody any more: what comes back for them is left aside."""

screening_list = Table(
    "screening_list",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("nominations", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Id),
)

screening_result = Table(
    "screening_result",
    METADATA,
    Column("project_id", Id, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("answer", Document, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("taken_by", Id),
)
"""Files of results that were taken, by their digest; nothing of them is kept but numbers."""
