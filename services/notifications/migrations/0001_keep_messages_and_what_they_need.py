"""Keep messages and what they need."""

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
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("names", LocalizedText(), nullable=False),
        sa.Column("city", LocalizedText(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("activity_project", ["project_id"], unique=False)

    op.create_table(
        "calendar",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("calendar", Document(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("country"),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("enrolment_activity", ["activity_id", "person_id"], unique=False)

    op.create_table(
        "joining",
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("recipient_id", Id(), nullable=False),
        sa.Column("officer_reference", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("stated_at", Instant(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id"),
    )
    with op.batch_alter_table("joining", schema=None) as batch_op:
        batch_op.create_index("joining_activity", ["activity_id", "person_id"], unique=False)
        batch_op.create_index("joining_person", ["person_id"], unique=False)
        batch_op.create_index("joining_recipient", ["recipient_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("fact", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("variables", Document(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("first_tried_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id", name="message_in_order"),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("message_about", ["about_id"], unique=False)
        batch_op.create_index("message_activity", ["activity_id"], unique=False)
        batch_op.create_index("message_counts", ["message", "channel", "status"], unique=False)
        batch_op.create_index("message_fact", ["fact", "person_id"], unique=False)
        batch_op.create_index("message_person", ["person_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", Id(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("wants_email", sa.Boolean(), nullable=False),
        sa.Column("wants_sms", sa.Boolean(), nullable=False),
        sa.Column("calendar_country", sa.String(length=2), nullable=True),
        sa.Column("contact_directly", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reminder_turn",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "session",
        sa.Column("id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("starts_local", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("participant_ids", Document(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("session_activity", ["activity_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index("session_activity")

    op.drop_table("session")
    op.drop_table("reminder_turn")
    op.drop_table("person")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("message_person")
        batch_op.drop_index("message_fact")
        batch_op.drop_index("message_counts")
        batch_op.drop_index("message_activity")
        batch_op.drop_index("message_about")

    op.drop_table("message")
    with op.batch_alter_table("joining", schema=None) as batch_op:
        batch_op.drop_index("joining_recipient")
        batch_op.drop_index("joining_person")
        batch_op.drop_index("joining_activity")

    op.drop_table("joining")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("enrolment_activity")

    op.drop_table("enrolment")
    op.drop_table("calendar")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("activity_project")

    op.drop_table("activity")
