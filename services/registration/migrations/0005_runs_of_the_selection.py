"""Runs of the selection, and what people change in them."""

import sqlalchemy as sa
from alembic import op

from shared.database import Document, Id, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDS = sa.text(
    "state IN ('waiting', 'running', 'published', 'proposed', 'approved', 'concluded')"
)


def upgrade() -> None:
    with op.batch_alter_table("call") as batch:
        batch.add_column(
            sa.Column("method", sa.String(length=10), nullable=False, server_default="merit")
        )
    op.create_table(
        "selection_run",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("pool_digest", sa.String(length=64), nullable=True),
        sa.Column("progress", Document(), nullable=False),
        sa.Column("result", Document(), nullable=True),
        sa.Column("failure", Document(), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("computed_at", Instant(), nullable=True),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("selection_run_number", "selection_run", ["call_id", "number"], unique=True)
    op.create_index(
        "selection_run_stands",
        "selection_run",
        ["call_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "selection_override",
        sa.Column("id", Id(), nullable=False),
        sa.Column("run_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("leaves_id", Id(), nullable=True),
        sa.Column("comes_id", Id(), nullable=True),
        sa.Column("missed", Document(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "selection_override_number", "selection_override", ["run_id", "number"], unique=True
    )


def downgrade() -> None:
    op.drop_table("selection_override")
    op.drop_table("selection_run")
    with op.batch_alter_table("call", schema=None) as batch:
        batch.drop_column("method")
