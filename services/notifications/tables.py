"""The tables of notifications: messages, and what must be known to write and time them."""

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
    UniqueConstraint,
)

from shared.database import Document, Id, Instant, LocalizedText

METADATA = MetaData()

message = Table(
    "message",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("id", Id, nullable=False),
    Column("fact", String(200), nullable=False),
    Column("cause", String(120), nullable=False),
    Column("message", String(40), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("person_id", Id, nullable=False),  # the reader
    Column("about_id", Id),  # the officer it is about, where that is somebody else
    Column("activity_id", Id, nullable=False),
    Column("status", String(10), nullable=False),
    Column("reason", String(60)),
    Column("language", String(8)),
    Column("variables", Document, nullable=False),  # coded; blank once the message has ended
    Column("asked", Integer, nullable=False),  # questions the receiver left unanswered
    Column("planned_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("first_tried_at", Instant),  # by the machine's clock
    UniqueConstraint("id", name="message_in_order"),
    Index("message_fact", "fact", "person_id"),
    Index("message_person", "person_id"),
    Index("message_about", "about_id"),
    Index("message_activity", "activity_id"),
    Index("message_counts", "message", "channel", "status"),
)

person = Table(
    "person",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("email", String(320)),
    Column("phone", String(20)),
    Column("language", String(8), nullable=False),
    Column("wants_email", Boolean, nullable=False),
    Column("wants_sms", Boolean, nullable=False),
    Column("calendar_country", String(2)),
    Column("contact_directly", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

activity = Table(
    "activity",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(60), nullable=False),
    Column("visibility", String(10), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("city", LocalizedText, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("activity_project", "project_id"),
)

session = Table(
    "session",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("starts_local", String(32), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("participant_ids", Document),  # None: everyone who is enrolled
    Column("state", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("session_activity", "activity_id"),
)

enrolment = Table(
    "enrolment",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("status", String(10), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("enrolment_activity", "activity_id", "person_id"),
)

joining = Table(
    "joining",
    METADATA,
    Column("enrolment_id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),
    Column("officer_reference", String(200)),
    Column("reference", String(60), nullable=False),
    Column("link", String(500), nullable=False),
    Column("stated_at", Instant),  # when it was stated anew, and never told here itself
    Column("sequence", BigInteger, nullable=False),
    Index("joining_activity", "activity_id", "person_id"),
    Index("joining_person", "person_id"),
    Index("joining_recipient", "recipient_id"),
)

calendar = Table(
    "calendar",
    METADATA,
    Column("country", String(2), primary_key=True),
    Column("calendar", Document, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

reminder_turn = Table(
    "reminder_turn",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
)
"""One row, locked by whoever changes what reminders follow from."""
