"""The tables of registration. Staff and channels stand in `shared.rights`, written here."""

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
    text,
)

from shared.database import Document, Id, Instant, LocalizedText

METADATA = MetaData()

_STANDS = text("status NOT IN ('withdrawn', 'replaced')")
_HOLDS_A_SEAT = text("state IN ('live', 'accepted')")

project = Table(
    "project",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("names", LocalizedText, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
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

broker_account = Table(
    "broker_account",
    METADATA,
    Column("code", String(20), primary_key=True),
    Column("user_name", String(120), nullable=False),
    Column("password_hash", String(60)),
    Column("reached", BigInteger, nullable=False),  # the outsider's sequence that the broker has
)

received_event = Table(
    "received_event",
    METADATA,
    Column("outsider", String(20), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("event_type", String(200), nullable=False),
    Column("state", String(10), nullable=False),  # received, held, accepted, refused
    Column("faults", Document, nullable=False),
    Column("made_id", Id),
    Column("received_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answered_by", String(200)),
    Column("sequence", BigInteger, nullable=False),
    Column("person_id", Id),  # the officer it is about, where that is known
    Column("kept_until", Instant),  # by the machine's clock; None while it waits
    Index("received_event_person", "person_id"),
    Index("received_event_kept", "kept_until"),
)

call = Table(
    "call",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, nullable=False, unique=True),
    Column("project_id", Id, nullable=False),
    Column("reference", String(60), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("deadline_local", String(26), nullable=False),
    Column("deadline_zone", String(60), nullable=False),
    Column("deadline_at", Instant, nullable=False),
    Column("answer_working_days", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("selected_at", Instant),
    Column("pool_digest", String(64)),
    Column("version", Integer, nullable=False),
    Index("call_project", "project_id"),
)

selection = Table(
    "selection",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("seats", Integer, nullable=False),
    Column("nominated", Integer, nullable=False),
    Column("selected", Integer, nullable=False),
    Column("waitlisted", Integer, nullable=False),
)
"""A selection in numbers, as it was concluded."""

call_quota = Table(
    "call_quota",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("dimension", String(20), primary_key=True),
    Column("value", String(40), primary_key=True),
    Column("minimum", Integer, nullable=False),
    Column("maximum", Integer),
)

nomination = Table(
    "nomination",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("officer_reference", String(64)),
    Column("sex", String(12), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("rank_band", String(20)),
    Column("priority", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("version", Integer, nullable=False),
    Index(
        "nomination_of_officer",
        "call_id",
        "person_id",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
    Index(
        "nomination_priority",
        "call_id",
        "party",
        "priority",
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    ),
    Index("nomination_call", "call_id", "party", "priority"),
    Index("nomination_person", "person_id"),
)

offer = Table(
    "offer",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("nomination_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),
    Column("state", String(10), nullable=False),  # live, accepted, declined, expired, cancelled
    Column("offered_at", Instant, nullable=False),
    Column("answer_local", String(26), nullable=False),
    Column("answer_zone", String(60), nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("replaces_offer_id", Id, unique=True),
    Index(
        "offer_one_per_seat",
        "call_id",
        "seat",
        unique=True,
        sqlite_where=_HOLDS_A_SEAT,
        postgresql_where=_HOLDS_A_SEAT,
    ),
    Index("offer_call", "call_id"),
    Index("offer_nomination", "nomination_id"),
)

held_seat = Table(
    "held_seat",
    METADATA,
    Column("offer_id", Id, primary_key=True),  # the offer that ended and left the seat free
    Column("call_id", Id, nullable=False),
    Column("obstacles", Document, nullable=False),
    Column("held_at", Instant, nullable=False),
    Index("held_seat_call", "call_id"),
)

seat_decision = Table(
    "seat_decision",
    METADATA,
    Column("offer_id", Id, primary_key=True),  # the offer that ended and left the seat free
    Column("call_id", Id, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("decision", String(20), nullable=False),  # given, left_unused
    Column("nomination_id", Id),
    Column("missed", Document, nullable=False),
    Column("reason", String(1000)),
    Column("decided_at", Instant, nullable=False),
    Index("seat_decision_call", "call_id"),
)

roster_upload = Table(
    "roster_upload",
    METADATA,
    Column("call_id", Id, primary_key=True),
    Column("party", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("answer", Document, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
)
