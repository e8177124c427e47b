"""The seeds of lotteries, and what others add to them."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id, Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lottery_seed",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("committed_at", Instant(), nullable=False),
        sa.Column("revealed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("lottery_seed_number", "lottery_seed", ["call_id", "number"], unique=True)
    op.create_table(
        "lottery_contribution",
        sa.Column("seed_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("seed_id", "number"),
    )
    op.create_index(
        "lottery_contribution_once", "lottery_contribution", ["seed_id", "made_by"], unique=True
    )


def downgrade() -> None:
    op.drop_table("lottery_contribution")
    op.drop_table("lottery_seed")
