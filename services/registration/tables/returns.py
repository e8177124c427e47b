"""Nominations given back to be put right, and what became of that."""

from sqlalchemy import Column, Index, String, Table, text

from shared.database import Id, Instant

from .metadata import METADATA

_IS_OPEN = text("outcome = 'open'")

nomination_return = Table(
    "nomination_return",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("nomination_id", Id, nullable=False),
    Column("call_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("reason", String(1000)),  # blank once erased
    Column("returned_at", Instant, nullable=False),
    Column("correct_local", String(26), nullable=False),
    Column("correct_zone", String(60), nullable=False),
    Column("correct_by", Instant, nullable=False),
    Column("outcome", String(12), nullable=False),  # open, resubmitted, lapsed, ended
    Column("settled_at", Instant),
    Index(
        "nomination_return_open",
        "nomination_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    Index("nomination_return_call", "call_id"),
    Index("nomination_return_person", "person_id"),
)
