"""Archive and copies of coded facts."""

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
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", LocalizedText(), nullable=False),
        sa.Column("minimum_attendance", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("activity_project", ["project_id"], unique=False)

    op.create_table(
        "archive",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("partitionkey", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("time", Instant(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("correlation_id", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("body", Document(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("source", "event_id", name="archive_once"),
    )
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.create_index("archive_party", ["party", "position"], unique=False)
        batch_op.create_index("archive_person", ["person_id"], unique=False)
        batch_op.create_index("archive_type", ["type", "position"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", Id(), nullable=False),
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("session_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("attendance_activity", ["activity_id", "enrolment_id"], unique=False)

    op.create_table(
        "call",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("parties", Document(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("call_activity", ["activity_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("certificate_activity", ["activity_id", "party"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("enrolment_activity", ["activity_id", "party"], unique=False)

    op.create_table(
        "message",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("activity_id", Id(), nullable=True),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("message", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("message_activity", ["activity_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index("nomination_activity", ["activity_id", "party"], unique=False)
        batch_op.create_index("nomination_person", ["person_id"], unique=False)

    op.create_table(
        "nomination_step",
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("nomination_id", "step"),
    )
    op.create_table(
        "party",
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party"),
    )
    op.create_table(
        "project",
        sa.Column("id", Id(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("donors", Document(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "selection",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("nominated", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Integer(), nullable=False),
        sa.Column("waitlisted", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
    )
    with op.batch_alter_table("selection", schema=None) as batch_op:
        batch_op.create_index("selection_activity", ["activity_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("session")
    with op.batch_alter_table("selection", schema=None) as batch_op:
        batch_op.drop_index("selection_activity")

    op.drop_table("selection")
    op.drop_table("project")
    op.drop_table("party")
    op.drop_table("nomination_step")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index("nomination_person")
        batch_op.drop_index("nomination_activity")

    op.drop_table("nomination")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("message_activity")

    op.drop_table("message")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("enrolment_activity")

    op.drop_table("enrolment")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index("certificate_activity")

    op.drop_table("certificate")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index("call_activity")

    op.drop_table("call")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("attendance_activity")

    op.drop_table("attendance")
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.drop_index("archive_type")
        batch_op.drop_index("archive_person")
        batch_op.drop_index("archive_party")

    op.drop_table("archive")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("activity_project")

    op.drop_table("activity")
