"""Letters of invitation: which were issued and stand, and, sealed, what is printed in them."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from shared.database import Document, Id, Instant

from .metadata import METADATA

visa_letter = Table(
    "visa_letter",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("nomination_id", Id, nullable=False),
    Column("call_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),  # the officer, or who answers for them
    Column("party", String(20), nullable=False),
    Column("languages", Document, nullable=False),
    Column("number", String(20), nullable=False, unique=True),
    Column("sealed", LargeBinary),  # None: void, over, or forgotten
    Column("issued_at", Instant, nullable=False),
    Column("void_at", Instant),
    Column("void_reason", String(20)),  # seat_ended, details_changed, reissued
    Index("visa_letter_nomination", "nomination_id"),
    Index("visa_letter_call", "call_id"),
    Index("visa_letter_person", "person_id"),
)
