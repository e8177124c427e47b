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
)

from shared.database import Id, Instant

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
    Column("withdrawn_at", Instant),
    Column("version", Integer, nullable=False),
    Index("participation_person", "person_id"),
    Index("participation_import", "import_id"),
)
