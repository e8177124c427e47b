"""Places in another run, offered to officers who have no seat."""

from sqlalchemy import Column, Index, String, Table, text

from shared.database import Id, Instant

from .metadata import METADATA

_IS_OPEN = text("state = 'open'")

run_offer = Table(
    "run_offer",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("nomination_id", Id, nullable=False),
    Column("from_call_id", Id, nullable=False),
    Column("call_id", Id, nullable=False),  # the call of the other run
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("state", String(10), nullable=False),  # open, accepted, declined, expired, ended
    Column("offered_at", Instant, nullable=False),
    Column("answer_local", String(26), nullable=False),
    Column("answer_zone", String(60), nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("made_nomination_id", Id),
    Index(
        "run_offer_open",
        "nomination_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    Index("run_offer_from_call", "from_call_id"),
    Index("run_offer_person", "person_id"),
)
