"""Selection boards: who scores what of whom, by when, and who may not."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from shared.database import Id, Instant, LocalizedText

from .metadata import METADATA

board = Table(
    "board",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("scores_until_local", String(26), nullable=False),
    Column("scores_until_zone", String(60), nullable=False),
    Column("scores_until_at", Instant, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String(64), nullable=False),  # the digest of who signed in
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
)

board_criterion = Table(
    "board_criterion",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("weight", Integer, nullable=False),
)

board_reviewer = Table(
    "board_reviewer",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("number", Integer, nullable=False),  # what the minutes call them
    Column("chairs", Boolean, nullable=False),
    Column("appointed_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("left_at", Instant),
    UniqueConstraint("call_id", "person_id", name="board_reviewer_once"),
    Index("board_reviewer_person", "person_id"),
)

board_conflict = Table(
    "board_conflict",
    METADATA,
    Column("reviewer_id", Id, primary_key=True),
    Column("nomination_id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("grounds", String(20), nullable=False),
    Column("declared_at", Instant, nullable=False),
    Index("board_conflict_call", "call_id"),
)

board_score = Table(
    "board_score",
    METADATA,
    Column("reviewer_id", Id, primary_key=True),
    Column("nomination_id", Id, primary_key=True),
    Column("criterion", String(40), primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("score", Integer, nullable=False),
    Column("scored_at", Instant, nullable=False),
    Index("board_score_call", "call_id"),
)
