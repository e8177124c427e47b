"""Persons, and the receipts of those who were erased."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from shared.database import Document, Id, Instant

from .metadata import METADATA

person = Table(
    "person",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("party", String(20)),
    Column("subject", String(200), unique=True),
    Column("officer_reference", String(64)),
    Column("names", Document, nullable=False),
    Column("sex", String(12), nullable=False),
    Column("email", String(254)),
    Column("phone", String(20)),
    Column("language", String(2), nullable=False),
    Column("wants_email", Boolean, nullable=False),
    Column("wants_sms", Boolean, nullable=False),
    Column("contact_directly", Boolean, nullable=False),
    Column("calendar_country", String(2)),
    Column("unit", String(40)),
    Column("unit_name", String(200)),
    Column("rank_title", String(200)),
    Column("rank_band", String(20)),
    Column("specialisms", Document, nullable=False, server_default="[]"),
    Column("languages", Document, nullable=False, server_default="[]"),
    Column("serving_since", Date),
    Column("version", Integer, nullable=False),
    Column("erased_at", Instant),
    UniqueConstraint("party", "officer_reference", name="person_officer_reference"),
)

erasure_receipt = Table(
    "erasure_receipt",
    METADATA,
    Column("person_id", Id, primary_key=True),
    Column("service", String(40), primary_key=True),
    Column("confirmed_at", Instant, nullable=False),
)
