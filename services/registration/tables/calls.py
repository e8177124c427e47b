"""Calls, their quotas and their selection in numbers."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    false,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

call = Table(
    "call",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False, unique=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(60), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("deadline_local", String(26), nullable=False),
    Column("deadline_zone", String(60), nullable=False),
    Column("deadline_at", Instant, nullable=False),
    Column("answer_working_days", Integer, nullable=False),
    Column("method", String(10), nullable=False, server_default="merit"),  # merit, lottery
    Column("disclosure_hours", Integer, nullable=False, server_default="0"),
    Column("eligibility", Document),  # none: what the quotas on units say
    Column("minimum_seats", Integer),
    Column("decide_on", Date),
    Column("below_minimum_at", Instant),
    Column("viability", String(10)),  # go, no_go
    Column("viability_reason", String(1000)),
    Column("ended_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("selected_at", Instant),
    Column("pool_digest", String(64)),
    Column("takes_late", Boolean, nullable=False, server_default=false()),
    Column("late_until", Date),  # the last day for who is late; None: until the activity begins
    Column("withdraw_until", Date),  # None: until the activity begins
    Column("follow_up", Document),  # which details are asked of who has a seat
    Column("follow_up_until", Date),
    Column("costs", Document),  # who bears which: stands in letters of invitation
    Column("version", Integer, nullable=False),
    Index("call_project", "project_id"),
)

call_quota = Table(
    "call_quota",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("dimension", String(20), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("minimum", Integer, nullable=False),
    Column("maximum", Integer),
    Column("most_nominations", Integer),  # of a party
)

selection = Table(
    "selection",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("seats", Integer, nullable=False),
    Column("nominated", Integer, nullable=False),
    Column("selected", Integer, nullable=False),
    Column("waitlisted", Integer, nullable=False),
    Column("method", String(10), nullable=False, server_default="merit"),
    Column("runs", Integer),  # None: made at once
    Column("overrides", Integer, nullable=False, server_default="0"),
    Column("with_board", Boolean, nullable=False, server_default=false()),
)
"""A selection in numbers, as it was concluded."""
