"""What reporting keeps: the archive, and a copy of the coded facts that figures are made of."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from shared.database import Document, Id, Instant, LocalizedText

METADATA = MetaData()
_counter = BigInteger().with_variant(Integer, "sqlite")

archive = Table(
    "archive",
    METADATA,
    Column("position", _counter, primary_key=True, autoincrement=True),
    Column("source", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("type", String(120), nullable=False),
    Column("partitionkey", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("party", String(20)),
    Column("time", Instant, nullable=False),
    Column("person_id", Id),
    Column("correlation_id", String(200), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("body", Document, nullable=False),
    UniqueConstraint("source", "event_id", name="archive_once"),
    Index("archive_type", "type", "position"),
    Index("archive_party", "party", "position"),
    Index("archive_person", "person_id"),
)

party = Table(
    "party",
    METADATA,
    Column("party", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

project = Table(
    "project",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("code", String(80), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("donors", Document, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

activity = Table(
    "activity",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("delivery", String(20), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("country", String(2)),
    Column("city", LocalizedText, nullable=False),
    Column("minimum_attendance", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("activity_project", "project_id"),
)

call = Table(
    "call",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("reference", String(80), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("parties", Document, nullable=False),
    Column("minimum_seats", Integer),
    Column("ended_at", Instant),
    Column("sequence", BigInteger, nullable=False),
    Index("call_activity", "activity_id"),
)

selection = Table(
    "selection",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("nominated", Integer, nullable=False),
    Column("selected", Integer, nullable=False),
    Column("waitlisted", Integer, nullable=False),
    Column("method", String(10), nullable=False, server_default="merit"),
    Column("runs", Integer),  # None: made at once
    Column("overrides", Integer, nullable=False, server_default="0"),
    Column("with_board", Boolean, nullable=False, server_default=false()),
    Column("sequence", BigInteger, nullable=False),
    Index("selection_activity", "activity_id"),
)

nomination = Table(
    "nomination",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("unit", String(80), nullable=False),
    Column("rank_band", String(40)),
    Column("specialisms", Document, nullable=False, server_default="[]"),
    Column("languages", Document, nullable=False, server_default="[]"),
    Column("status", String(20), nullable=False),
    Column("reason_code", String(40)),
    Column("sequence", BigInteger, nullable=False),
    Index("nomination_activity", "activity_id", "party"),
    Index("nomination_person", "person_id"),
)

nomination_step = Table(
    "nomination_step",
    METADATA,
    Column("nomination_id", Id, primary_key=True),
    Column("step", String(20), primary_key=True),
)

enrolment = Table(
    "enrolment",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("unit", String(80), nullable=False),
    Column("status", String(20), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("enrolment_activity", "activity_id", "party"),
)

session = Table(
    "session",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("state", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

attendance = Table(
    "attendance",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("enrolment_id", Id, nullable=False),
    Column("session_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("status", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("attendance_activity", "activity_id", "enrolment_id"),
)

past_participation = Table(
    "past_participation",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("past_participation_person", "person_id"),
)

certificate = Table(
    "certificate",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("issued", Boolean, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("certificate_activity", "activity_id", "party"),
)

message = Table(
    "message",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("activity_id", Id),
    Column("person_id", Id, nullable=False),
    Column("message", String(60), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("status", String(20), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("message_activity", "activity_id"),
)
