"""How seats pass on, and by which calendar an offer's deadline was counted."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offer", sa.Column("working_days", sa.Integer()))
    op.add_column("offer", sa.Column("calendar_country", sa.String(length=2)))
    op.add_column("offer", sa.Column("calendar_sequence", sa.BigInteger()))
    op.create_table(
        "seat_passing",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("offer_id", Id()),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("next_offer_id", Id()),
        sa.Column("obstacles", Document(), nullable=False),
        sa.Column("reasons", Document(), nullable=False),
        sa.Column("passed_over", Document(), nullable=False),
        sa.Column("passed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("seat_passing_seat", "seat_passing", ["call_id", "seat", "passed_at"])


def downgrade() -> None:
    op.drop_index("seat_passing_seat", "seat_passing")
    op.drop_table("seat_passing")
    op.drop_column("offer", "calendar_sequence")
    op.drop_column("offer", "calendar_country")
    op.drop_column("offer", "working_days")
