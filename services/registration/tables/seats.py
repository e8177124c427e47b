"""Seats offered, held and decided about."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    text,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

_HOLDS_A_SEAT = text("state IN ('live', 'accepted')")

offer = Table(
    "offer",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("nomination_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),
    Column("state", String(10), nullable=False),  # live, accepted, declined, expired, cancelled
    Column("offered_at", Instant, nullable=False),
    Column("disclosed_at", Instant),  # none: the officer does not know yet
    Column("answer_local", String(26), nullable=False),
    Column("answer_zone", String(60), nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("working_days", Integer),  # how many, by which calendar in which of its states
    Column("calendar_country", String(2)),
    Column("calendar_sequence", BigInteger),
    Column("replaces_offer_id", Id, unique=True),
    Index(
        "offer_one_per_seat",
        "call_id",
        "seat",
        unique=True,
        sqlite_where=_HOLDS_A_SEAT,
        postgresql_where=_HOLDS_A_SEAT,
    ),
    Index("offer_call", "call_id"),
    Index("offer_nomination", "nomination_id"),
)

held_seat = Table(
    "held_seat",
    METADATA,
    Column("offer_id", Id, primary_key=True),  # the offer that ended and left the seat free
    Column("call_id", Id, nullable=False),
    Column("obstacles", Document, nullable=False),
    Column("held_at", Instant, nullable=False),
    Index("held_seat_call", "call_id"),
)

seat_decision = Table(
    "seat_decision",
    METADATA,
    Column("offer_id", Id, primary_key=True),  # the offer that ended and left the seat free
    Column("call_id", Id, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("decision", String(20), nullable=False),  # given, left_unused
    Column("nomination_id", Id),
    Column("missed", Document, nullable=False),
    Column("reason", String(1000)),
    Column("decided_at", Instant, nullable=False),
    Index("seat_decision_call", "call_id"),
)

seat_passing = Table(
    "seat_passing",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("offer_id", Id),  # the offer that ended and left the seat free; none: it never had one
    Column("outcome", String(20), nullable=False),  # offered, held, given, left_unused, replaced
    Column("next_offer_id", Id),
    Column("obstacles", Document, nullable=False),
    Column("reasons", Document, nullable=False),
    Column("passed_over", Document, nullable=False),  # in their order: nomination, which reason
    Column("passed_at", Instant, nullable=False),
    Index("seat_passing_seat", "call_id", "seat", "passed_at"),
)
"""Each time a seat passes on, or does not: to whom, and whom it passed over for what reason."""

quota_relaxation = Table(
    "quota_relaxation",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("changes", Document, nullable=False),
    Column("reason", String(1000), nullable=False),
    Column("relaxed_at", Instant, nullable=False),
    Index("quota_relaxation_call", "call_id", "relaxed_at"),
)
"""Bounds that a coordinator gave up so that a held seat could be taken, and why."""
