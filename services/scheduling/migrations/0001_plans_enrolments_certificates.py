"""Plans, enrolments, certificates, and what is kept of registration."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant, LocalizedText

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", LocalizedText(), nullable=False),
        sa.Column("languages", Document(), nullable=False),
        sa.Column("minimum_attendance", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("instructions_issued_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("activity_project", ["project_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", Id(), nullable=False),
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("attendance_enrolment", ["enrolment_id"], unique=False)
        batch_op.create_index("attendance_session", ["session_id"], unique=False)

    op.create_table(
        "calendar",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("calendar", Document(), nullable=False),
        sa.Column("years", Document(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("country"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", Id(), nullable=False),
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("family_names", Document(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enrolment_id", "issue", name="certificate_issue"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("certificate_person", ["person_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("correction_id", Id(), nullable=False),
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("before", sa.String(length=10), nullable=True),
        sa.Column("after", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("corrected_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("correction_id", "enrolment_id"),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index("correction_activity", ["activity_id"], unique=False)
        batch_op.create_index("correction_person", ["person_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("rank_band", sa.String(length=60), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sessions_held", sa.Integer(), nullable=False),
        sa.Column("sessions_attended", sa.Integer(), nullable=False),
        sa.Column("days_attended", sa.Integer(), nullable=False),
        sa.Column("completions", sa.Integer(), nullable=False),
        sa.Column("reported_at", Instant(), nullable=True),
        sa.Column("instructions_issued_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("nomination_id"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("enrolment_activity", ["activity_id", "party"], unique=False)
        batch_op.create_index("enrolment_person", ["person_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("rank_band", sa.String(length=60), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index("nomination_activity", ["activity_id"], unique=False)

    op.create_table(
        "party",
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("calendar_country", sa.String(length=2), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party"),
    )
    op.create_table(
        "person",
        sa.Column("id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("calendar_country", sa.String(length=2), nullable=True),
        sa.Column("names", Document(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("contact_directly", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "project",
        sa.Column("id", Id(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("donors", Document(), nullable=False),
        sa.Column("issuing_body", LocalizedText(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "session",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_local", sa.DateTime(), nullable=False),
        sa.Column("ends_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("module", LocalizedText(), nullable=False),
        sa.Column("venue_id", Id(), nullable=True),
        sa.Column("room", sa.String(length=120), nullable=True),
        sa.Column("instructor_ids", Document(), nullable=False),
        sa.Column("participant_ids", Document(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("activity_id", "number", name="session_number"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("session_span", ["ends_at", "starts_at"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", Id(), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("address", LocalizedText(), nullable=False),
        sa.Column("city", LocalizedText(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("venue")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index("session_span")

    op.drop_table("session")
    op.drop_table("project")
    op.drop_table("person")
    op.drop_table("party")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index("nomination_activity")

    op.drop_table("nomination")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("enrolment_person")
        batch_op.drop_index("enrolment_activity")

    op.drop_table("enrolment")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index("correction_person")
        batch_op.drop_index("correction_activity")

    op.drop_table("correction")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index("certificate_person")

    op.drop_table("certificate")
    op.drop_table("calendar")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("attendance_session")
        batch_op.drop_index("attendance_enrolment")

    op.drop_table("attendance")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("activity_project")

    op.drop_table("activity")
