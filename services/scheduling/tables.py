"""The tables of scheduling: its own facts first, then what it keeps of registration's."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from shared.database import Document, Id, Instant, LocalizedText

METADATA = MetaData()

project = Table(
    "project",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("names", LocalizedText, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("donors", Document, nullable=False),
    Column("issuing_body", LocalizedText),
    Column("version", Integer, nullable=False),
)

activity = Table(
    "activity",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(40), nullable=False, unique=True),
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
    Column("minimum_attendance", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # planned, closed, cancelled
    Column("instructions_issued_at", Instant),
    Column("version", Integer, nullable=False),
    Index("activity_project", "project_id"),
)

venue = Table(
    "venue",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("names", LocalizedText, nullable=False),
    Column("address", LocalizedText, nullable=False),
    Column("city", LocalizedText, nullable=False),
    Column("country", String(2), nullable=False),
)

session = Table(
    "session",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_local", DateTime, nullable=False),
    Column("ends_local", DateTime, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("module", LocalizedText, nullable=False),
    Column("venue_id", Id),
    Column("room", String(120)),
    Column("instructor_ids", Document, nullable=False),
    Column("participant_ids", Document),  # None: everyone who is enrolled
    Column("state", String(10), nullable=False),  # scheduled, cancelled
    Column("version", Integer, nullable=False),
    UniqueConstraint("activity_id", "number", name="session_number"),
    Index("session_span", "ends_at", "starts_at"),  # what is planned lies ahead of most
)

calendar = Table(
    "calendar",
    METADATA,
    Column("country", String(2), primary_key=True),
    Column("calendar", Document, nullable=False),
    Column("years", Document, nullable=False),
    Column("version", Integer, nullable=False),
)

enrolment = Table(
    "enrolment",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("nomination_id", Id, nullable=False, unique=True),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("rank_band", String(60)),
    Column("priority", Integer, nullable=False),
    Column("status", String(10), nullable=False),  # enrolled, cancelled, completed, failed
    Column("sessions_held", Integer, nullable=False),
    Column("sessions_attended", Integer, nullable=False),
    Column("days_attended", Integer, nullable=False),
    Column("completions", Integer, nullable=False),  # how often it became completed
    Column("reported_at", Instant),  # when another system said what it came to
    Column("instructions_issued_at", Instant),
    Index("enrolment_activity", "activity_id", "party"),
    Index("enrolment_person", "person_id"),
)

attendance = Table(
    "attendance",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("enrolment_id", Id, nullable=False),
    Column("session_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("status", String(10), nullable=False),  # present, late, excused, absent
    Column("said_at", Instant, nullable=False),  # when it was written down, here or elsewhere
    Column("version", Integer, nullable=False),
    Index("attendance_session", "session_id"),
    Index("attendance_enrolment", "enrolment_id"),
)

correction = Table(
    "correction",
    METADATA,
    Column("correction_id", Id, primary_key=True),
    Column("enrolment_id", Id, primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("session_id", Id, nullable=False),
    Column("before", String(10)),
    Column("after", String(10), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("note", String(500)),  # None after erasure
    Column("corrected_at", Instant, nullable=False),
    Index("correction_activity", "activity_id"),
    Index("correction_person", "person_id"),
)

certificate = Table(
    "certificate",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("enrolment_id", Id, nullable=False),
    Column("issue", Integer, nullable=False),  # which completion of the place it is for
    Column("activity_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("number", String(20), nullable=False, unique=True),
    Column("family_names", Document, nullable=False),  # as printed; empty after erasure
    Column("language", String(2), nullable=False),
    Column("file_id", Id),  # None after erasure
    Column("issued_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    UniqueConstraint("enrolment_id", "issue", name="certificate_issue"),
    Index("certificate_person", "person_id"),
)

party = Table(
    "party",
    METADATA,
    Column("party", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("calendar_country", String(2)),
    Column("sequence", BigInteger, nullable=False),
)

person = Table(
    "person",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("party", String(20)),
    Column("calendar_country", String(2)),
    Column("names", Document, nullable=False),
    Column("language", String(2), nullable=False),
    Column("contact_directly", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

nomination = Table(
    "nomination",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("rank_band", String(60)),
    Column("priority", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("confirmed_at", Instant),
    Column("sequence", BigInteger, nullable=False),
    Index("nomination_activity", "activity_id"),
)
