"""Details asked of officers with a seat: whether they are there, and, sealed, what they are."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from shared.database import Document, Id, Instant

from .metadata import METADATA

follow_up = Table(
    "follow_up",
    METADATA,
    Column("nomination_id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("asks", Document, nullable=False),
    Column("state", String(10), nullable=False),  # asked, complete, ended with the seat
    Column("asked_at", Instant, nullable=False),
    Column("answer_local", String(26), nullable=False),
    Column("answer_zone", String(60), nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("visa_letter", String(10)),  # needed, issued, void; None: not needed, or not said yet
    Column("version", Integer, nullable=False),
    Index("follow_up_call", "call_id"),
)

follow_up_answer = Table(
    "follow_up_answer",
    METADATA,
    Column("nomination_id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("follow_up_answer_call", "call_id"),
    Index("follow_up_answer_person", "person_id"),
)
