"""Nominations, and the rosters they came in with."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    text,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

_STANDS = text("status NOT IN ('withdrawn', 'replaced')")

nomination = Table(
    "nomination",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("officer_reference", String(64)),
    Column("sex", String(12), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("rank_band", String(20)),
    Column("specialisms", Document, nullable=False, server_default="[]"),
    Column("languages", Document, nullable=False, server_default="[]"),
    Column("serving_since", Date),
    Column("declaration", Document),
    Column("priority", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("outcome_reason", Document),  # why it was not selected: codes of domain/reasons.py
    Column("score", Integer),  # the board's, exact, in the parts of `domain/board.py`
    Column("late", Boolean, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("lot", String(64), nullable=False, server_default=""),  # blank once erased
    Column("reason_code", String(40)),
    Column("version", Integer, nullable=False),
    Index(
        "nomination_of_officer",
        "call_id",
        "person_id",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
    Index(
        "nomination_priority",
        "call_id",
        "party",
        "priority",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
    Index("nomination_call", "call_id", "party", "priority"),
    Index("nomination_in_order", "call_id", "status", "late", "priority", "lot"),
    Index("nomination_person", "person_id"),
)

roster_upload = Table(
    "roster_upload",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("party", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("answer", Document, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
)
