"""What a call asks of nominees, its minimum of seats, and when the officers are told."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("disclosure_hours", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("eligibility", Document(), nullable=True))
        batch_op.add_column(sa.Column("minimum_seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decide_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("below_minimum_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("viability", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("viability_reason", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("ended_at", Instant(), nullable=True))
    with op.batch_alter_table("call_quota", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_nominations", sa.Integer(), nullable=True))
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declaration", Document(), nullable=True))
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disclosed_at", Instant(), nullable=True))
    op.execute("UPDATE offer SET disclosed_at = offered_at")
    op.create_table(
        "certificate",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("certificate_person", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("certificate")
    columns = {
        "offer": ("disclosed_at",),
        "nomination": ("declaration",),
        "call_quota": ("most_nominations",),
        "call": (
            *("ended_at", "viability_reason", "viability", "below_minimum_at", "decide_on"),
            *("minimum_seats", "eligibility", "disclosure_hours"),
        ),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)
