"""Quotas that were relaxed so that a held seat could be taken."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quota_relaxation",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("changes", Document(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("relaxed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("quota_relaxation_call", "quota_relaxation", ["call_id", "relaxed_at"])


def downgrade() -> None:
    op.drop_index("quota_relaxation_call", "quota_relaxation")
    op.drop_table("quota_relaxation")
