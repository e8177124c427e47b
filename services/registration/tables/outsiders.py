"""Other systems that take part: their accounts, and what they sent."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    String,
    Table,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

broker_account = Table(
    "broker_account",
    METADATA,
    Column("code", String(20), primary_key=True),
    Column("user_name", String(120), nullable=False),
    Column("password_hash", String(60)),
    Column("reached", BigInteger, nullable=False),  # the outsider's sequence that the broker has
)

received_event = Table(
    "received_event",
    METADATA,
    Column("outsider", String(20), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("event_type", String(200), nullable=False),
    Column("state", String(10), nullable=False),  # received, held, accepted, refused
    Column("faults", Document, nullable=False),
    Column("made_id", Id),
    Column("received_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answered_by", String(200)),
    Column("sequence", BigInteger, nullable=False),
    Column("person_id", Id),  # the officer it is about, where that is known
    Column("kept_until", Instant),  # by the machine's clock; None while it waits
    Index("received_event_person", "person_id"),
    Index("received_event_kept", "kept_until"),
)
