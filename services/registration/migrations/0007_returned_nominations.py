"""Nominations given back to be put right."""

import sqlalchemy as sa
from alembic import op

from shared.database import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nomination_return",
        sa.Column("id", Id(), nullable=False),
        sa.Column("nomination_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("returned_at", Instant(), nullable=False),
        sa.Column("correct_local", sa.String(length=26), nullable=False),
        sa.Column("correct_zone", sa.String(length=60), nullable=False),
        sa.Column("correct_by", Instant(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("nomination_return", schema=None) as batch_op:
        batch_op.create_index("nomination_return_call", ["call_id"], unique=False)
        batch_op.create_index("nomination_return_person", ["person_id"], unique=False)
        batch_op.create_index(
            "nomination_return_open",
            ["nomination_id"],
            unique=True,
            sqlite_where=sa.text("outcome = 'open'"),
            postgresql_where=sa.text("outcome = 'open'"),
        )


def downgrade() -> None:
    op.drop_table("nomination_return")
