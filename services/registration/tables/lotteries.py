"""The seeds of lotteries: secret until they are drawn with, and what others add to them."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
)

from shared.database import Id, Instant

from .metadata import METADATA

lottery_seed = Table(
    "lottery_seed",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("secret", String(64), nullable=False),  # read by nobody before the draw
    Column("salt", String(64), nullable=False),  # never told: officers' codes are made with it
    Column("commitment", String(64), nullable=False),
    Column("committed_at", Instant, nullable=False),
    Column("revealed_at", Instant),
    Index("lottery_seed_number", "call_id", "number", unique=True),
)

lottery_contribution = Table(
    "lottery_contribution",
    METADATA,
    Column("seed_id", Id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("party", String(20)),
    Column("made_by", String(64), nullable=False),  # the digest of who signed in
    Column("made_at", Instant, nullable=False),
    Index("lottery_contribution_once", "seed_id", "made_by", unique=True),
)
