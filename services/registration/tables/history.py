"""What officers took part in: as scheduling tells of it, and from the spreadsheets of before."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    false,
)

from shared.database import Document, Id, Instant

from .imports import progress
from .metadata import METADATA

enrolment = Table(
    "enrolment",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("status", String(20), nullable=False),
    Column("sessions_attended", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("enrolment_person", "person_id"),
)

attendance = Table(
    "attendance",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("enrolment_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("attendance_enrolment", "enrolment_id"),
    Index("attendance_person", "person_id"),
)

certificate = Table(
    "certificate",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("activity_id", Id, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("certificate_person", "person_id"),
)

participation = Table(
    "participation",
    METADATA,
    Column("id", Id, primary_key=True),  # of scheduling: the id of the enrolment
    Column("person_id", Id, nullable=False),
    Column("source", String(10), nullable=False),  # scheduling, import
    Column("activity_id", Id),  # code, title and last day of such a one are the activity's
    Column("code", String(60)),
    Column("title", String(300)),
    Column("topic", String(200)),
    Column("held_on", Date),  # of scheduling: the last session attended, if that is known
    Column("outcome", String(10)),  # attended, completed, failed; none: nothing came of it yet
    Column("import_id", Id),
    Column("row", Integer),
    Column("made_person", Boolean, nullable=False, server_default=false()),  # by this row
    Column("withdrawn_at", Instant),
    Column("version", Integer, nullable=False),
    Index("participation_person", "person_id"),
    Index("participation_import", "import_id"),
)

participation_correction = Table(
    "participation_correction",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("participation_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("before", Document, nullable=False),
    Column("reason", String(1000), nullable=False),
    Column("corrected_at", Instant, nullable=False),
    Column("corrected_by", Id),
    Index("participation_correction_of", "participation_id"),
    Index("participation_correction_person", "person_id"),
)

history_import = Table(
    "history_import",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("scope", String(20), nullable=False),  # the party; nothing: of several parties
    Column("file_name", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("layout_digest", String(64), nullable=False),
    Column("headings", Document, nullable=False),  # none once it is settled
    Column("parties", Document),  # that its rows may name; none: all
    Column("layout", Document, nullable=False),  # empty until the file is read
    Column("questions", Document, nullable=False),
    Column("remembered", Boolean, nullable=False),
    Column("state", String(10), nullable=False),  # the words of domain/import_states.py
    Column("rows", Integer, nullable=False),
    Column("rows_total", Integer, nullable=False, server_default="0"),  # about how many
    Column("rows_read", Integer, nullable=False, server_default="0"),
    *progress(),
    Column("asked", Document),  # how it was confirmed
    Column("confirmed_by", Document),  # who, as the events say it
    Column("refusal", String(60)),  # why the last step was not taken
    Column("result", Document),  # what was imported, in numbers
    Column("created", Document, nullable=False),  # of earlier versions; now it stands on the rows
    Column("read_at", Instant, nullable=False),
    Column("read_by", Id),
    Column("settled_at", Instant),
    Column("settled_by", Id),
    Column("undone_at", Instant),
    Column("undone_by", Id),
    Column("kept_until", Instant),  # its rows
    Column("version", Integer, nullable=False),
    Index("history_import_digest", "digest"),
)

history_row = Table(
    "history_row",
    METADATA,
    Column("import_id", Id, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("cells", Document, nullable=False),
    Column("faults", Document, nullable=False),
    Column("state", String(10), nullable=False),  # kept, until it is judged
    Column("decision", String(10)),  # is, same_as, new, leave_out
    Column("person_id", Id),
    Column("as_row", Integer),
    Column("found", Document, nullable=False),  # what the row says, as it was understood
    Column("suggestions", Document, nullable=False),
    Column("problems", Document, nullable=False),  # of earlier versions
    Column("kept_until", Instant),
    Index("history_row_kept", "kept_until"),
    Index("history_row_person", "person_id"),
)
"""The rows of a file until it is imported or dropped; nothing of them is kept after that."""

history_layout = Table(
    "history_layout",
    METADATA,
    Column("scope", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("layout", Document, nullable=False),
    Column("remembered_at", Instant, nullable=False),
)
