"""What officers took part in."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", Id(), nullable=False),
        sa.Column("enrolment_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("attendance_enrolment", ["enrolment_id"], unique=False)
        batch_op.create_index("attendance_person", ["person_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sessions_attended", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("enrolment_person", ["person_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("activity_id", Id(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("import_id", Id(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index("participation_import", ["import_id"], unique=False)
        batch_op.create_index("participation_person", ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index("participation_person")
        batch_op.drop_index("participation_import")

    op.drop_table("participation")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("enrolment_person")

    op.drop_table("enrolment")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("attendance_person")
        batch_op.drop_index("attendance_enrolment")

    op.drop_table("attendance")
