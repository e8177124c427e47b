"""Changes of nominations that focal points ask for once the list is frozen."""

from sqlalchemy import Column, Index, Integer, String, Table, text

from shared.database import Document, Id, Instant

from .metadata import METADATA

_IS_OPEN = text("state = 'open'")

change_request = Table(
    "change_request",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("nomination_id", Id, nullable=False),
    Column("call_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("change", String(12), nullable=False),
    Column("officer", Document),  # as asked for; blank once it is decided
    Column("declaration", Document),
    Column("priority", Integer),
    Column("reason", String(1000)),  # blank once erased
    Column("state", String(12), nullable=False),  # open, accepted, refused, taken_back, ended
    Column("asked_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decision_reason", String(1000)),  # blank once erased
    Column("version", Integer, nullable=False),
    Index(
        "change_request_open",
        "nomination_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    Index("change_request_call", "call_id"),
    Index("change_request_person", "person_id"),
)
