"""Projects, activities, calendars and parties, as far as registration needs them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from shared.database import Document, Id, LocalizedText

from .metadata import METADATA

project = Table(
    "project",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("issuing_body", LocalizedText),
    Column("sequence", BigInteger, nullable=False),
)

activity = Table(
    "activity",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("delivery", String(20), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("country", String(2)),
    Column("city", LocalizedText, nullable=False),
    Column("languages", Document, nullable=False),
    Column("state", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

calendar = Table(
    "calendar",
    METADATA,
    Column("country", String(2), primary_key=True),
    Column("calendar", Document, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

party = Table(
    "party",
    METADATA,
    Column("code", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("calendar_country", String(2)),
    Column("contact_directly", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

partner = Table(
    "partner",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("version", Integer, nullable=False),
    UniqueConstraint("project_id", "party", "from_on", name="partner_once"),
)
